"""A customer's rights over their data, on the card: a copy of all that is held, and erasing it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.topics import Topic
from osdesk.services.customers.privacy import refuse_erasing
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import DangerButton, FlatButton, quiet_label, set_kind
from osdesk.ui.widgets.flow_layout import FlowLayout

ASK = (
    "Apagar para sempre o nome, os contatos, os textos, as fotos e os papéis deste cliente? As "
    "ordens e os valores ficam, sem o nome. Não há como desfazer."
)
ERASING = "Fazendo um backup e apagando os dados…"
DONE = "Dados apagados."
STILL = (
    "Ainda há dados dele em {count} na pasta backups, e nas cópias que houver em outros lugares; "
    "guarde-os só enquanto precisar."
)


class CustomerPrivacy(QWidget):
    """``show_customer`` when another is shown; asks in place before anything is erased."""

    erased = Signal(int)
    merge_requested = Signal(int)
    said = Signal()
    """Words or a question came: they want to be seen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customerPrivacy")
        self._desk = desk
        self._id: int | None = None
        self._place: Path | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self._copy = FlatButton("Cópia dos dados…")
        self._copy.setObjectName("personExport")
        self._copy.setToolTip("Tudo o que a loja guarda desta pessoa, em PDF e JSON (LGPD)")
        self._erase = FlatButton("Apagar os dados…")
        self._erase.setObjectName("personErase")
        self._erase.setToolTip("Apaga para sempre os dados desta pessoa (LGPD)")
        self._merge = FlatButton("Unir a outro…")
        self._merge.setObjectName("personMerge")
        self._merge.setToolTip("Um segundo cadastro da mesma pessoa: os dois viram um")
        self._said = quiet_label(wrap=True)
        self._said.setObjectName("personSaid")
        self._open = FlatButton("Abrir o PDF")
        self._confirm = DangerButton("Apagar para sempre")
        self._confirm.setObjectName("personEraseConfirm")
        self._keep = FlatButton("Não apagar")
        acts, answers = FlowLayout(8), FlowLayout(8)
        for row, parts in (
            (acts, (self._copy, self._erase, self._merge)),
            (answers, (self._confirm, self._keep, self._open)),
        ):
            for part in parts:
                row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(acts)
        column.addWidget(self._said)
        column.addLayout(answers)

    def _connect(self) -> None:
        self._copy.clicked.connect(self._copy_clicked)
        self._erase.clicked.connect(self._erase_clicked)
        self._merge.clicked.connect(self._merge_clicked)
        self._confirm.clicked.connect(self._confirmed)
        self._keep.clicked.connect(self._kept)
        self._open.clicked.connect(self._open_clicked)

    def show_customer(self, customer_id: int | None) -> None:
        if customer_id != self._id:
            self._say("")
        self._id = customer_id
        self.setVisible(customer_id is not None)

    def _merge_clicked(self) -> None:
        if self._id is not None:
            self.merge_requested.emit(self._id)

    # -- a copy ----------------------------------------------------------------------------

    def _copy_clicked(self) -> None:
        from osdesk.jobs.privacy import export_person

        folder = file_dialogs.ask_empty_folder(self, "Pasta para a cópia dos dados")
        if self._id is None or folder is None:
            return
        try:
            place = export_person(self._desk.store, self._id, folder, now=self._desk.now())
        except UserError as error:
            self._say(sentence(error), "red")
        else:
            self._say(f"Cópia salva em {place.parent}", place=place)

    def _open_clicked(self) -> None:
        if self._place is not None and not file_dialogs.open_with_system(self._place):
            self._say(f"O sistema não abriu o PDF; ele está em {self._place}", place=self._place)

    # -- erasing ---------------------------------------------------------------------------

    def _erase_clicked(self) -> None:
        if self._id is None:
            return
        try:
            self._desk.read(refuse_erasing, self._id, now=self._desk.now())
        except UserError as error:
            self._say(sentence(error), "red")
            return
        self._say(ASK, "red", asks=True)
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kept(self) -> None:
        self._say("")
        self._erase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirmed(self) -> None:
        """In the background: the whole shop is backed up first."""
        from osdesk.jobs.privacy import anonymise_person

        if self._id is None:
            return
        self._say(ERASING)
        self._wait(True)
        self._desk.tasks.run(
            anonymise_person,
            self._id,
            now=self._desk.now(),
            author=self._desk.author,
            done=partial(self._erased, self._id),
            failed=self._failed,
            always=partial(self._wait, False),
            owner=self,
        )

    def _erased(self, customer_id: int, backups: list[str]) -> None:
        from osdesk.texts import plural

        self._desk.tell(Topic.CUSTOMERS)
        if customer_id == self._id:  # else the card shows another one by now
            self.erased.emit(customer_id)
            still = STILL.format(count=plural(len(backups), "backup", "backups"))
            self._say(f"{DONE} {still}")

    def _failed(self, error: UserError) -> None:
        self._say(sentence(error), "red")

    def _wait(self, waiting: bool) -> None:
        for part in (self._copy, self._erase):
            part.setEnabled(not waiting)

    def _say(
        self, words: str, tone: str = "", *, asks: bool = False, place: Path | None = None
    ) -> None:
        self._place = place
        self._said.setText(words)
        self._said.setVisible(bool(words))
        set_kind(self._said, "tone", tone)
        self._confirm.setVisible(asks)
        self._keep.setVisible(asks)
        self._open.setVisible(place is not None)
        if words:
            self.said.emit()
