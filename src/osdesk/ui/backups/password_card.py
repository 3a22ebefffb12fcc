"""The password of the backups: a sheet is printed, its code typed once, and then it is in force."""

import shutil
import tempfile
import weakref
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import (
    Card,
    DangerButton,
    FlatButton,
    GhostButton,
    MessageBar,
    quiet_label,
    text_label,
)
from osdesk.ui.widgets.fields import Labelled, TextField

WITH = "Os backups têm senha. Sem a folha de recuperação ninguém os abre em outro computador."
WITHOUT = (
    "Os backups não têm senha: quem tiver o arquivo lê os dados dos clientes. Com senha, um "
    "pendrive perdido não conta nada; sem a folha, os backups se perdem também."
)
TYPE = (
    "A folha foi aberta: imprima e guarde-a fora da loja. Para ligar a senha, digite aqui o código "
    "que está nela."
)
REMOVE = (
    "Os próximos backups ficarão sem senha. Os que têm continuam com ela: guarde a folha. Tirar a "
    "senha?"
)


class PasswordCard(Card):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Senha dos backups", parent)
        self._desk = desk
        self._new = ""
        self._scratch: weakref.finalize[..., PasswordCard] | None = None
        """Throws the sheet's file away, at the latest when the program ends."""
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._state = text_label(wrap=True)
        self._state.setObjectName("backupPasswordState")
        self._make = GhostButton("Criar senha e folha de recuperação…")
        self._make.setObjectName("backupPasswordMake")
        self._again = FlatButton("Imprimir a folha de novo")
        self._again.setObjectName("backupPasswordSheet")
        self._remove = FlatButton("Tirar a senha…")
        self._remove.setObjectName("backupPasswordRemove")
        self._asks = quiet_label(wrap=True)
        self._typed = TextField(placeholder="XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self._typed.setObjectName("backupPasswordTyped")
        self._field = Labelled("Código da folha", self._typed)
        self._set = GhostButton("Ligar a senha")
        self._set.setObjectName("backupPasswordSet")
        self._sure = DangerButton("Tirar a senha")
        self._sure.setObjectName("backupPasswordSure")
        self._leave = FlatButton("Deixar como está")
        self._leave.setObjectName("backupPasswordLeave")
        self.bar = MessageBar()
        acts, answers = QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (acts, (self._make, self._again, self._remove)),
            (answers, (self._set, self._sure, self._leave)),
        ):
            row.setSpacing(8)
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
        self.body.addWidget(self._state)
        self.body.addLayout(acts)
        self.body.addWidget(self._asks)
        self.body.addWidget(self._field)
        self.body.addLayout(answers)
        self.body.addWidget(self.bar)

    def _connect(self) -> None:
        self._make.clicked.connect(self._make_clicked)
        self._again.clicked.connect(self._again_clicked)
        self._remove.clicked.connect(self._remove_clicked)
        self._set.clicked.connect(self._set_clicked)
        self._typed.returnPressed.connect(self._set_clicked)
        self._sure.clicked.connect(self._sure_clicked)
        self._leave.clicked.connect(self._left)

    def refresh(self) -> None:
        """Show what is in force; a question that is open stays open."""
        try:
            has = self._desk.store.backup_lock.password is not None
        except UserError as error:
            self.bar.say(sentence(error), "red", lasting=True)
            has = True
        self._state.setText(WITH if has else WITHOUT)
        self._make.set_text("Trocar a senha…" if has else "Criar senha e folha de recuperação…")
        self._again.setVisible(has)
        self._remove.setVisible(has)
        if self._asks.isHidden() or not self._asks.text():
            self._ask("")

    def _ask(self, words: str, *, code: bool = False) -> None:
        self._asks.setText(words)
        self._asks.setVisible(bool(words))
        self._field.setVisible(code)
        self._set.setVisible(code)
        self._sure.setVisible(bool(words) and not code)
        self._leave.setVisible(bool(words))

    # -- a new one -------------------------------------------------------------------------

    def _make_clicked(self) -> None:
        if self._open_sheet(None):
            self._typed.clear()
            self._ask(TYPE, code=True)
            self._typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _again_clicked(self) -> None:
        self._open_sheet(self._desk.store.backup_lock.password)

    def _open_sheet(self, password: str | None) -> bool:
        from osdesk.jobs.backup_password import make_sheet

        self.bar.clear()
        try:
            word, pdf = make_sheet(self._desk.store, password, now=self._desk.now())
        except UserError as error:
            self.bar.say(sentence(error), "red")
            return False
        self._forget_sheet()
        # not in the shop's folder: what is there goes into the backups
        scratch = Path(tempfile.mkdtemp(prefix="osdesk-folha-"))
        self._scratch = weakref.finalize(self, shutil.rmtree, scratch, ignore_errors=True)
        sheet = scratch / "folha-de-recuperacao.pdf"
        sheet.write_bytes(pdf)
        if not file_dialogs.open_with_system(sheet):
            self.bar.say(f"O sistema não abriu a folha; ela está em {sheet}", "amber")
        if password is None:
            self._new = word
        return True

    def _set_clicked(self) -> None:
        from osdesk.jobs.backup_password import lock_backups

        try:
            lock_backups(self._desk.store, self._new, self._typed.text())
        except UserError as error:
            self._typed.error(sentence(error))
            return
        self._left()
        self.bar.say("Senha ligada: o próximo backup já tem.", "green")

    # -- none any more ---------------------------------------------------------------------

    def _remove_clicked(self) -> None:
        self._ask(REMOVE)
        self._leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sure_clicked(self) -> None:
        from osdesk.jobs.backup_password import unlock_backups

        try:
            unlock_backups(self._desk.store)
        except UserError as error:
            self.bar.say(sentence(error), "red")
            return
        self._left()

    def _left(self) -> None:
        self._new = ""
        self._typed.clear()
        self._forget_sheet()
        self._ask("")
        self.refresh()

    def _forget_sheet(self) -> None:
        """The sheet is on paper now; the file tells the password."""
        if self._scratch is not None:
            self._scratch()
            self._scratch = None
