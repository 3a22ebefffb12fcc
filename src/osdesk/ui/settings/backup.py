"""Settings: a backup now, the newest one, a second place, and bringing one back."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osdesk.domain.backup_places import SecondPlace, chosen_place
from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import BackupFigures, BackupRow, Drill, SeenBackup
from osdesk.texts import plural, sentence
from osdesk.texts.backups import drill_words, here_details, second_words
from osdesk.ui.backups.password_card import PasswordCard
from osdesk.ui.backups.restore_pane import RestorePane
from osdesk.ui.backups.volumes import mounted
from osdesk.ui.desk import Desk
from osdesk.ui.settings.section import Section
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import (
    Card,
    GhostButton,
    MessageBar,
    PrimaryButton,
    quiet_label,
    set_kind,
    text_label,
)
from osdesk.ui.window_settings import WindowSettings


class BackupSection(Section):
    """The newest backup, one now, and those that can be restored."""

    restore_requested = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._settings = WindowSettings(desk.folder)
        self._before: BackupRow | None = None
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._newest = text_label(wrap=True)
        self._newest.setObjectName("newestBackup")
        self._now = PrimaryButton("Fazer backup agora")
        self._now.setObjectName("backupNowButton")
        self._folder = GhostButton("Abrir a pasta dos backups", "", "external-link")
        self._second = text_label(wrap=True)
        self._second.setObjectName("secondPlace")
        self._choose = GhostButton("Escolher o segundo lugar…")
        self._choose.setObjectName("secondPlaceButton")
        self._forget = GhostButton("Não usar mais")
        self._drill = text_label(wrap=True)
        self._drill.setObjectName("lastDrill")
        self._drill.setProperty("kind", "age")
        self._rehearse = GhostButton("Ensaiar agora")
        self._rehearse.setObjectName("drillButton")
        self._rehearse.setToolTip("Restaura à parte o backup mais novo de cada lugar e compara")
        self.bar = MessageBar()
        places = QHBoxLayout()
        places.setSpacing(8)
        places.addWidget(self._choose)
        places.addWidget(self._forget)
        places.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._now)
        buttons.addWidget(self._folder)
        buttons.addWidget(self._rehearse)
        buttons.addStretch(1)
        card = Card("Backup")
        card.body.addWidget(self._newest)
        card.body.addWidget(
            quiet_label(
                "Um backup é um arquivo só, com tudo: ordens, clientes, pagamentos, documentos. O "
                "programa faz um por hora e ao fechar, se algo mudou. Guarde cópias também fora "
                "deste computador.",
                wrap=True,
            )
        )
        card.body.addLayout(buttons)
        card.body.addWidget(self._drill)
        card.body.addWidget(self._second)
        card.body.addLayout(places)
        card.body.addWidget(self.bar)
        restore = Card("Restaurar um backup")
        restore.body.addWidget(
            quiet_label(
                "Restaurar põe o backup no lugar da loja de agora, que é guardada antes: um clique "
                "traz de volta. Escolha um para ver o que sairia.",
                wrap=True,
            )
        )
        self._back = GhostButton("Voltar à loja de antes da última restauração")
        self._back.setObjectName("shopBeforeButton")
        self.restoring = RestorePane(self._desk)
        back = QHBoxLayout()
        back.addWidget(self._back)
        back.addStretch(1)
        restore.body.addLayout(back)
        restore.body.addWidget(self.restoring)
        self.password = PasswordCard(self._desk)
        self.whole.addWidget(card)
        self.whole.addWidget(restore)
        self.whole.addWidget(self.password)
        self.whole.addStretch(1)

    def _connect(self) -> None:
        self._now.clicked.connect(self.back_up)
        self._rehearse.clicked.connect(self.rehearse)
        self._folder.clicked.connect(self._open_folder)
        self._choose.clicked.connect(self._choose_second)
        self._forget.clicked.connect(self._forget_second)
        self._back.clicked.connect(self._back_clicked)
        self.restoring.restore_requested.connect(self.restore_requested)

    def refresh(self) -> None:
        from osdesk.jobs.backup import shop_before
        from osdesk.jobs.places import safety

        found = safety(self._desk.store, self._settings.second_place, self._settings.second_seen)
        words = here_details(found.here, self._desk.local_now())
        self._newest.setText(f"Neste computador: {words}. Pasta: {self._desk.store.backups}")
        if found.drill is None:
            self._drill.setText("Ensaio: uma vez por mês o programa restaura à parte e compara.")
        else:
            self._drill.setText(drill_words(found.drill, self._desk.zone))
        set_kind(self._drill, "tone", "red" if found.drill and found.drill.failed else "")
        self._folder.setEnabled(self._desk.store.backups.is_dir())
        self._before = shop_before(self._desk.store)
        self._back.setVisible(self._before is not None)
        self._look_at_second()
        self.restoring.refresh()
        self.password.refresh()

    def _back_clicked(self) -> None:
        if self._before is not None:
            self.restoring.choose(Path(self._before.path))

    # -- the second place ------------------------------------------------------------------

    def _look_at_second(self) -> None:
        """In the background: a disk may answer late."""

        def work(store: Any) -> tuple[Path | None, SeenBackup | None]:
            from osdesk.jobs.places import find, newest_seen

            path = find(place, mounted())
            return path, newest_seen(store, path) if path else None

        place = self._settings.second_place
        if place is None:
            self._show_second((None, None))
        else:
            self._desk.tasks.run(work, done=self._show_second, failed=self._failed, owner=self)

    def _show_second(self, look: tuple[Path | None, SeenBackup | None]) -> None:
        place, (path, seen) = self._settings.second_place, look
        self._forget.setVisible(place is not None)
        if place is None:
            self._second.setText(
                "Segundo lugar: nenhum. Escolha um em outro disco ou num pendrive."
            )
            return
        if seen is not None and seen != self._settings.second_seen:
            self._settings.second_seen = seen
            self._settings.save()
        from osdesk.jobs.places import safety

        found = safety(self._desk.store, place, self._settings.second_seen)
        words = second_words(found.second, self._desk.local_now())
        where = f"ligado agora, em {path}" if path else "não está ligado agora"
        self._second.setText(f"Segundo lugar: {place.name}, {where}; {words}.")

    def _choose_second(self) -> None:
        chosen = file_dialogs.ask_backup_folder(self)
        if chosen is None:
            return
        if chosen.resolve() == self._desk.store.backups.resolve():
            self.bar.say("Esta já é a pasta dos backups. Escolha uma em outro disco.", "amber")
            return
        place = chosen_place(chosen, mounted())
        try:
            place.folder.mkdir(exist_ok=True)
        except OSError:
            self._failed(UserError("cannot_write", path=place.folder))
            return
        self._keep_second(place)

    def _forget_second(self) -> None:
        self._keep_second(None)

    def _keep_second(self, place: SecondPlace | None) -> None:
        self._settings.second_place = place
        self._settings.save()
        self._look_at_second()

    # -- one now ---------------------------------------------------------------------------

    def back_up(self) -> None:
        """Make and verify one in the background."""
        from osdesk.jobs.backup import back_up

        self._now.setEnabled(False)
        self.bar.say("Fazendo e conferindo o backup…", "", lasting=True)
        self._desk.tasks.run(
            back_up,
            None,
            now=self._desk.now(),
            done=self._done,
            failed=self._failed,
            always=self._ready,
            owner=self,
        )

    def rehearse(self) -> None:
        """Restore the newest backups beside the shop, in the background, and compare."""
        place = self._settings.second_place

        def work(store: Any) -> Drill:
            from osdesk.jobs.drill import rehearse
            from osdesk.jobs.places import find

            return rehearse(store, find(place, mounted()), clock=self._desk.now)

        self._rehearse.setEnabled(False)
        self.bar.say("Ensaiando: restaurando à parte e comparando…", "", lasting=True)
        self._desk.tasks.run(
            work,
            done=self._rehearsed,
            failed=self._failed,
            always=self._ready,
            owner=self,
        )

    def _rehearsed(self, drill: Drill) -> None:
        self.bar.say(drill_words(drill, self._desk.zone), "red" if drill.failed else "green")

    def _done(self, figures: BackupFigures) -> None:
        orders = plural(figures.orders, "ordem", "ordens")
        customers = plural(figures.customers, "cliente", "clientes")
        self.bar.say(f"Backup conferido, com {orders} e {customers}: {figures.path}", "green")

    def _failed(self, error: UserError) -> None:
        self.bar.say(sentence(error), "red")

    def _ready(self) -> None:
        self._now.setEnabled(True)
        self._rehearse.setEnabled(True)
        self.refresh()

    def _open_folder(self) -> None:
        if not file_dialogs.open_with_system(self._desk.store.backups):
            self.bar.say(f"Abra a pasta {self._desk.store.backups}", "amber")
