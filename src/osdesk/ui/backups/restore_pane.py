"""Bringing a backup back, in the window: the list of all that are at hand, what would go, and the
question before it."""

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.backup_password import tidy_password
from osdesk.domain.calendar import format_date
from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import BackupRow, Drill, RestoreRequest
from osdesk.texts import sentence
from osdesk.texts.backups import BEFORE, gone_short, plan_words
from osdesk.ui.backups.volumes import mounted
from osdesk.ui.desk import Desk
from osdesk.ui.tasks import Task
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import (
    DangerButton,
    FlatButton,
    GhostButton,
    MessageBar,
    quiet_label,
    text_label,
)
from osdesk.ui.widgets.fields import Labelled, TextField
from osdesk.ui.widgets.tables import ROW_HEIGHT, Cell, CellsModel, PlainTable
from osdesk.ui.window_settings import WindowSettings

HEADINGS = ("Feito em", "Onde está", "Ordens", "O que sairia")
WIDTHS = {0: 172, 2: 84, 3: 150}
ROWS = 5
"""So many rows are in sight; the others are scrolled to."""
LOCKED = frozenset({"backup_locked", "backup_password_wrong"})
NO_NAME = "outra loja"
"""Typed in the place of the name where the other shop has none."""


class RestorePane(QWidget):
    """``restore_requested``: one was chosen, verified, and the question answered."""

    restore_requested = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("restorePane")
        self._desk = desk
        self._chosen: BackupRow | None = None
        self._reading: Task | None = None
        self._asked: Path | None = None
        self._password = ""
        self._tried: dict[str, datetime] = {}
        """Backups that the last drill has restored, and when."""
        self._build()
        self._connect()
        self._show_rows([])
        self._none.hide()
        self._show_chosen(None)

    def _build(self) -> None:
        self._model: CellsModel[BackupRow] = CellsModel(HEADINGS, self._cell, (2,))
        self.table = PlainTable("Backups", self._model, WIDTHS, least=160)
        self.table.setObjectName("backupsTable")
        self._none = quiet_label(wrap=True)
        self._file = GhostButton("Escolher outro arquivo…")
        self._file.setObjectName("restoreFileButton")
        self._again = FlatButton("Procurar de novo")
        self._again.setToolTip("Depois de colocar um pendrive ou outro disco")
        self._word = TextField(placeholder="XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self._word.setObjectName("restorePassword")
        self._open = GhostButton("Abrir")
        self._open.setObjectName("restoreOpen")
        self._lock = QWidget()
        lock = QHBoxLayout(self._lock)
        lock.setContentsMargins(0, 0, 0, 0)
        lock.addWidget(Labelled("Senha do backup (está na folha de recuperação)", self._word), 1)
        lock.addWidget(self._open, 0, Qt.AlignmentFlag.AlignBottom)
        self._plan = text_label(wrap=True)
        self._plan.setObjectName("restorePlan")
        self._name = TextField()
        self._name.setObjectName("restoreShopName")
        self._asks = text_label(wrap=True)
        self._named = Labelled("Nome da loja do backup", self._name)
        self._confirm = DangerButton("Restaurar este backup")
        self._confirm.setObjectName("restoreConfirm")
        self._keep = FlatButton("Não restaurar")
        self._keep.setObjectName("restoreKeep")
        self.bar = MessageBar()
        others, answers = QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (others, (self._file, self._again)),
            (answers, (self._confirm, self._keep)),
        ):
            row.setSpacing(8)
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table)
        column.addWidget(self._none)
        column.addLayout(others)
        column.addWidget(self._lock)
        column.addWidget(self._plan)
        column.addWidget(self._asks)
        column.addWidget(self._named)
        column.addLayout(answers)
        column.addWidget(self.bar)

    def _connect(self) -> None:
        self.table.opened.connect(self._row_opened)
        self.table.clicked.connect(self._row_opened)
        self._file.clicked.connect(self._choose_file)
        self._again.clicked.connect(self.refresh)
        self._name.textChanged.connect(self._show_ready)
        self._name.returnPressed.connect(self._confirmed)
        self._confirm.clicked.connect(self._confirmed)
        self._keep.clicked.connect(self._kept)
        self._open.clicked.connect(self._unlock)
        self._word.returnPressed.connect(self._unlock)

    # -- the list --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read in the background what is at hand; a stick may be slow."""
        second = WindowSettings(self._desk.folder).second_place

        def work(store: Any) -> tuple[list[BackupRow], Drill | None]:
            from osdesk.jobs.backup import backups_to_choose
            from osdesk.jobs.drill import last_drill
            from osdesk.jobs.places import find, folders_with_backups

            volumes = mounted()
            there = find(second, volumes)
            places = [store.backups, *([there] if there else []), *folders_with_backups(volumes)]
            return backups_to_choose(store, places), last_drill(store)

        self._none.setText("Procurando backups…")
        self._none.setVisible(self.table.isHidden())
        self._desk.tasks.run(work, done=self._found, failed=self._failed, owner=self)

    def _found(self, found: tuple[list[BackupRow], Drill | None]) -> None:
        rows, drill = found
        self._tried = (
            {each.path: drill.at for each in drill.results if not each.code} if drill else {}
        )
        self._show_rows(rows)

    def _show_rows(self, rows: list[BackupRow]) -> None:
        self._model.show_rows(rows)
        self.table.setVisible(bool(rows))
        shown = min(len(rows), ROWS)
        head = self.table.horizontalHeader().height()
        self.table.setFixedHeight(head + ROW_HEIGHT * shown + 2)
        self._none.setText("" if rows else "Nenhum backup neste computador nem nos discos ligados.")
        self._none.setVisible(not rows)

    def _cell(self, row: BackupRow, column: int) -> Cell:
        plan = row.plan
        if column == 0:
            made = plan.made_at.astimezone(self._desk.zone)
            day = f"{format_date(made.date())} às {made:%H:%M}"
            return Cell(day, BEFORE.get(row.reason, ""), strong=True)
        if column == 1:
            place = Path(row.path).parent
            other = f"loja “{plan.shop}”" if plan.other_shop else self._verified(row)
            if place == self._desk.store.backups:
                return Cell("neste computador", other)
            return Cell(str(place), other)
        if column == 2:
            return Cell(f"{plan.orders:,}".replace(",", "."), right=True)
        over, under = gone_short(plan)
        return Cell(over, under, tone="muted" if over == "nada" else "ink")

    def _verified(self, row: BackupRow) -> str:
        tried = self._tried.get(row.path)
        if tried is None:
            return "conferido ao ser feito"
        return f"ensaiado em {tried.astimezone(self._desk.zone):%d/%m}"

    # -- one of them -----------------------------------------------------------------------

    def _row_opened(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None:
            self.choose(Path(row.path))

    def _choose_file(self) -> None:
        if (path := file_dialogs.ask_backup_file(self)) is not None:
            self.choose(path)

    def choose(self, path: Path, password: str = "") -> None:
        """Read a backup from end to end, in the background, and say what restoring it would do."""
        from osdesk.jobs.backup import backup_to_restore

        self._asked, self._password = path, password
        if self._reading is not None:
            self._reading.drop()
        self._show_chosen(None)
        self.bar.say("Conferindo o backup…", "", lasting=True)
        self._reading = self._desk.tasks.run(
            backup_to_restore,
            path,
            passwords=[password] if password else [],
            done=self._show_chosen,
            failed=self._not_read,
            owner=self,
        )

    def _not_read(self, error: UserError) -> None:
        self._failed(error)
        if error.code in LOCKED:
            self._lock.show()
            self._word.setFocus(Qt.FocusReason.OtherFocusReason)
            self._word.selectAll()

    def _unlock(self) -> None:
        if self._asked is not None and not self._word.is_blank():
            self.choose(self._asked, tidy_password(self._word.text()))

    def _show_chosen(self, row: BackupRow | None) -> None:
        self._chosen = row
        self.bar.clear()
        self._lock.hide()
        self._name.clear()
        other = row is not None and row.plan.other_shop
        about: tuple[QWidget, ...] = (self._plan, self._confirm, self._keep)
        for part in about:
            part.setVisible(row is not None)
        self._asks.setVisible(other)
        self._named.setVisible(other)
        if row is None:
            return
        self._plan.setText(f"Conferido de ponta a ponta. {plan_words(row.plan, self._desk.zone)}")
        if other:
            self._asks.setText(
                "É o backup de outra loja. Para pôr essa loja no lugar desta, escreva aqui: "
                f"{self._name_asked()}"
            )
        self._show_ready()
        first: QWidget = self._name if other else self._keep
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._seen)

    def _seen(self) -> None:
        """The question wants to be in sight, in whatever scrolls around it."""
        around = self.parentWidget()
        while around is not None:
            if hasattr(around, "ensureWidgetVisible"):
                around.ensureWidgetVisible(self._confirm)
                return
            around = around.parentWidget()

    def _name_asked(self) -> str:
        return self._chosen.plan.shop.strip() or NO_NAME if self._chosen else ""

    def _is_answered(self) -> bool:
        if self._chosen is None:
            return False
        typed = self._name.text().strip().casefold()
        return not self._chosen.plan.other_shop or typed == self._name_asked().casefold()

    def request(self) -> RestoreRequest | None:
        """What would be asked for now; None while none was chosen or the question stands."""
        if self._chosen is None or not self._is_answered():
            return None
        other = self._chosen.plan.other_shop
        return RestoreRequest(self._chosen.path, other_shop=other, password=self._password)

    def _show_ready(self) -> None:
        self._confirm.setEnabled(self._is_answered())

    def _confirmed(self) -> None:
        if (request := self.request()) is not None:
            self.restore_requested.emit(request)

    def _kept(self) -> None:
        self._show_chosen(None)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Where a person who came here by a key goes on."""
        self._file.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: UserError) -> None:
        self.bar.say(sentence(error), "red")
