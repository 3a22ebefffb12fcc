"""Settings: a backup now, the newest one, a second place, and in words how to bring one back."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import (
    BackupFigures,
)
from osdesk.texts import plural, sentence
from osdesk.texts.backups import backup_words
from osdesk.ui.desk import Desk
from osdesk.ui.settings.section import Section
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import (
    Card,
    GhostButton,
    MessageBar,
    PrimaryButton,
    quiet_label,
    text_label,
)
from osdesk.ui.window_settings import WindowSettings


class BackupSection(Section):
    """The newest backup, one now, and how to restore one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._settings = WindowSettings(desk.folder)
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
        self._choose = GhostButton("Escolher a segunda pasta…")
        self._choose.setObjectName("secondPlaceButton")
        self._forget = GhostButton("Não usar mais")
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
        card.body.addWidget(self._second)
        card.body.addLayout(places)
        card.body.addWidget(self.bar)
        restore = Card("Restaurar um backup")
        restore.body.addWidget(
            text_label(
                "Restaurar troca os dados de agora pelos do backup; os de agora são guardados "
                "antes, ao lado. Feche esta janela e, no terminal, escreva:",
                wrap=True,
            )
        )
        self._command = text_label(wrap=True)
        self._command.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._command.setAccessibleName("Comando para restaurar")
        restore.body.addWidget(self._command)
        restore.body.addWidget(
            quiet_label(
                "Troque ARQUIVO pelo caminho do backup. Para só olhar um backup, sem tocar nesta "
                "loja, restaure-o numa pasta nova com --data PASTA em vez de --replace.",
                wrap=True,
            )
        )
        self.whole.addWidget(card)
        self.whole.addWidget(restore)
        self.whole.addStretch(1)

    def _connect(self) -> None:
        self._now.clicked.connect(self.back_up)
        self._folder.clicked.connect(self._open_folder)
        self._choose.clicked.connect(self._choose_second)
        self._forget.clicked.connect(self._forget_second)

    def refresh(self) -> None:
        words, _ = backup_words(self._desk.newest_backup(), self._desk.local_now())
        self._newest.setText(f"{words}. Pasta: {self._desk.store.backups}")
        self._folder.setEnabled(self._desk.store.backups.is_dir())
        self._command.setText(f'osdesk restore ARQUIVO --replace --data "{self._desk.folder}"')

        self._show_second()

    def _show_second(self) -> None:
        second = self._settings.second_place
        self._forget.setVisible(second is not None)
        if second is None:
            words = "Segunda pasta: nenhuma. Escolha uma em outro disco ou num pendrive."
        elif not second.is_dir():
            words = f"Segunda pasta: {second}, que não está aqui agora."
        else:
            newest = self._desk.newest_backup(second)
            words, _ = backup_words(newest, self._desk.local_now())
            words = f"Segunda pasta: {second}. {words}."
        self._second.setText(words)

    def _choose_second(self) -> None:
        if (chosen := file_dialogs.ask_backup_folder(self)) is not None:
            self._keep_second(chosen)

    def _forget_second(self) -> None:
        self._keep_second(None)

    def _keep_second(self, place: Path | None) -> None:
        if place is not None and place.resolve() == self._desk.store.backups.resolve():
            self.bar.say("Esta já é a pasta dos backups. Escolha uma em outro disco.", "amber")
            return
        self._settings.second_place = place
        self._settings.save()
        self._show_second()

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

    def _done(self, figures: BackupFigures) -> None:
        orders = plural(figures.orders, "ordem", "ordens")
        customers = plural(figures.customers, "cliente", "clientes")
        self.bar.say(f"Backup conferido, com {orders} e {customers}: {figures.path}", "green")

    def _failed(self, error: UserError) -> None:
        self.bar.say(sentence(error), "red")

    def _ready(self) -> None:
        self._now.setEnabled(True)
        self.refresh()

    def _open_folder(self) -> None:
        if not file_dialogs.open_with_system(self._desk.store.backups):
            self.bar.say(f"Abra a pasta {self._desk.store.backups}", "amber")
