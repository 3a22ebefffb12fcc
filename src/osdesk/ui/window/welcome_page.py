"""The first start: the shop's name; or a demonstration to look around in; or a backup of the shop
that another computer had."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.paths import demo_dir
from osdesk.services.shop.shop import save_shop, set_logo, shop_form
from osdesk.texts import sentence
from osdesk.ui.backups.restore_pane import RestorePane
from osdesk.ui.desk import Desk
from osdesk.ui.page import Page
from osdesk.ui.settings.shop import LogoPreview, store_logo
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import (
    Card,
    GhostButton,
    PrimaryButton,
    error_label,
    quiet_label,
    thin_line,
    title_label,
)
from osdesk.ui.widgets.fields import Field, Labelled, NumberField, PhoneField, TextField
from osdesk.ui.widgets.forms import read_fields, show_error
from osdesk.ui.widgets.icons import logo_pixmap

DEMO_ORDERS = 400
DEMO_SEED = 1
WIDTH = 480
BACKUPS_WIDTH = 720


class WelcomePage(Page):
    """``closed``: the shop has a name; ``shop_requested``: the demonstration's folder is ready."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcomePage")
        self._desk = desk
        self._logo: str | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self._mark = QLabel()
        self._mark.setFixedSize(40, 40)
        self.name = TextField(limit=200, placeholder="Eletrônica Horizonte")
        self.name.setObjectName("welcomeName")
        self.phone = PhoneField(lambda: self._desk.shop.default_ddd)
        self.phone.setObjectName("welcomePhone")
        self.number = NumberField()
        self.number.setObjectName("welcomeNumber")
        self.number.setPlaceholderText("1")
        self._fields: dict[str, Field] = {
            "name": self.name,
            "phones": self.phone,
            "next_number": self.number,
        }
        self._preview = LogoPreview()
        self._choose = GhostButton("Escolher logotipo (opcional)", "", "photo")
        self._wrong = error_label()
        self._wrong.hide()
        self._start = PrimaryButton("Começar")
        self._start.setObjectName("welcomeStart")
        self._demo = GhostButton("Conhecer com dados de demonstração")
        self._demo.setObjectName("welcomeDemo")
        self._bring = GhostButton("Trazer dados de outro programa…")
        self._bring.setObjectName("welcomeImport")
        self._restore = GhostButton("Restaurar de um backup…")
        self._restore.setObjectName("welcomeRestore")
        self._progress = QProgressBar()
        self._progress.setRange(0, DEMO_ORDERS)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Andamento da demonstração")
        self._progress.hide()
        self._words = quiet_label(wrap=True)
        self._words.hide()
        logo = QHBoxLayout()
        logo.setSpacing(12)
        logo.addWidget(self._preview)
        logo.addWidget(self._choose)
        logo.addStretch(1)
        card = Card()
        card.setFixedWidth(WIDTH)
        card.body.setContentsMargins(28, 18, 28, 18)
        card.body.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._mark)
        head.addWidget(title_label("Bem-vindo ao osdesk"), 1)
        card.body.addLayout(head)
        card.body.addWidget(
            quiet_label("Só o nome é preciso. O resto se completa em Configurações.", wrap=True)
        )
        card.body.addWidget(Labelled("Nome da loja", self.name))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Labelled("Telefone da loja (opcional)", self.phone), 3)
        row.addWidget(Labelled("Número da primeira OS", self.number), 2)
        card.body.addLayout(row)
        card.body.addWidget(
            quiet_label("Já usava talão de papel? Escreva o número que vem depois da última folha.")
        )
        card.body.addLayout(logo)
        card.body.addWidget(self._wrong)
        card.body.addWidget(self._start)
        card.body.addWidget(thin_line())
        card.body.addWidget(
            quiet_label(
                "Quer ver antes como fica? A demonstração é uma loja inventada, numa pasta só "
                "dela; um clique traz de volta à sua.",
                wrap=True,
            )
        )
        card.body.addWidget(self._demo)
        others = QHBoxLayout()
        others.setSpacing(8)
        others.addWidget(self._bring)
        others.addWidget(self._restore)
        card.body.addLayout(others)
        card.body.addWidget(self._progress)
        card.body.addWidget(self._words)
        self._card = card
        self._backups = self._build_backups()
        self._backups.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.addStretch(1)
        middle = QHBoxLayout()  # an alignment would forget the height that the wrapped words need
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addWidget(self._backups)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
        self.setFocusProxy(self.name)

    def _build_backups(self) -> Card:
        self._restoring = RestorePane(self._desk)
        self._back = GhostButton("Voltar", "Esc")
        self._back.setObjectName("welcomeBack")
        card = Card()
        card.setFixedWidth(BACKUPS_WIDTH)
        card.body.setContentsMargins(28, 18, 28, 18)
        card.body.setSpacing(10)
        card.body.addWidget(title_label("Restaurar de um backup"))
        card.body.addWidget(
            quiet_label(
                "Para continuar neste computador a loja de outro: coloque o pendrive ou o disco "
                "com os backups, ou escolha o arquivo.",
                wrap=True,
            )
        )
        card.body.addWidget(self._restoring)
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _connect(self) -> None:
        self.name.returnPressed.connect(self.save)
        self.phone.returnPressed.connect(self.save)
        self.number.returnPressed.connect(self.save)
        self._start.clicked.connect(self.save)
        self._demo.clicked.connect(self.fill)
        self._choose.clicked.connect(self._choose_logo)
        self._bring.clicked.connect(self.bring)
        self._restore.clicked.connect(self.show_backups)
        self._back.clicked.connect(self.escape)
        self._restoring.restore_requested.connect(self.restore_requested)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._mark.setPixmap(logo_pixmap(40, self.devicePixelRatioF()))

    # -- a shop of another computer --------------------------------------------------------

    def show_backups(self) -> None:
        self._card.hide()
        self._backups.show()
        self._restoring.refresh()
        self._restoring.begin()

    def escape(self) -> bool:
        if self._backups.isHidden():
            return False
        self._backups.hide()
        self._card.show()
        self._restore.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # -- the shop itself -------------------------------------------------------------------

    def save(self) -> bool:
        """Name the shop and go on."""
        values = read_fields(self._fields)
        if values is None:
            return False
        if self.name.is_blank():
            show_error(self._fields, UserError("required", field="name"))
            return False
        form = self._desk.read(shop_form)
        form.name, form.phones = self.name.text().strip(), values["phones"]
        form.next_number = values["next_number"] or form.next_number
        now, author = self._desk.now(), self._desk.author
        try:
            self._desk.write(save_shop, form, now=now, author=author)
            if self._logo is not None:
                self._desk.write(set_logo, self._logo, now=now, author=author)
        except UserError as error:
            if not show_error(self._fields, error):
                self._say(sentence(error))
            return False
        self.closed.emit()
        return True

    def bring(self) -> None:
        """Name the shop, then bring in what another program has."""
        if self.save():
            self.section_requested.emit("settingsImport")

    def _choose_logo(self) -> None:
        path = file_dialogs.ask_logo(self)
        if path is not None:
            self.take_logo(path)

    def take_logo(self, path: Path) -> None:
        try:
            self._logo = store_logo(self._desk, path)
        except UserError as error:
            self._say(sentence(error))
            return
        self._wrong.hide()
        self._preview.show_picture(self._desk.store.files.read(self._logo))

    def _say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.show()

    # -- the demonstration -----------------------------------------------------------------

    def fill(self) -> None:
        """Make the demonstration in its own folder, in the background, and go there."""
        from osdesk.jobs.demo.demo import fill_beside

        self._wait(True)
        self._show("Preparando a demonstração…")
        self._desk.tasks.run(
            fill_beside,
            demo_dir(self._desk.folder),
            orders=DEMO_ORDERS,
            seed=DEMO_SEED,
            now=self._desk.now(),
            until=self._desk.today(),
            progress=self._advanced,
            done=self._filled,
            failed=self._failed,
            owner=self,
        )

    def _advanced(self, added: int) -> None:
        done = self._progress.value() + added
        self._progress.setValue(done)
        self._show(f"Preparando a demonstração: {done} de {DEMO_ORDERS} ordens")

    def _filled(self, folder: Path) -> None:
        self._wait(False)
        self._show("")
        self.shop_requested.emit(folder)

    def _show(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def _failed(self, error: UserError) -> None:
        self._wait(False)
        self._show(sentence(error))

    def _wait(self, waiting: bool) -> None:
        self._progress.setVisible(waiting)
        self._progress.setValue(0)
        parts = (self._start, self._demo, self._restore, self._choose)
        for part in (*parts, *self._fields.values()):
            part.setEnabled(not waiting)
