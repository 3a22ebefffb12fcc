"""Tell a customer to come: the words ready to send, by which way, and the log of earlier notices.

Nothing is sent from here: a link opens in the clerk's browser, or is read from the screen by the
clerk's own phone, only when it is asked for. Then the notice is registered by one key.
"""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date, format_moment
from osdesk.domain.codes import NoticeChannel, NoticeKind
from osdesk.domain.errors import UserError
from osdesk.domain.fill_in import fill, values_of
from osdesk.domain.orders.forms import NoticeForm
from osdesk.domain.orders.pick_up import pick_up_until, waits_since
from osdesk.domain.orders.status import CLOSED, WAITING, Status
from osdesk.domain.views.orders import OrderView
from osdesk.domain.whatsapp import whatsapp_digits, whatsapp_link
from osdesk.services.orders.notices import give_notice
from osdesk.texts import NOTICE_CHANNEL, plural, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.controls import (
    GhostButton,
    PrimaryButton,
    error_label,
    quiet_label,
    set_kind,
    title_label,
)
from osdesk.ui.widgets.fields import Labelled, LongTextField, NumberedChoice
from osdesk.ui.widgets.scroll_column import ScrollColumn
from osdesk.ui.widgets.side_pane import SidePane, pane_keys

NO_PHONE = "O cadastro não tem um celular com DDD para o WhatsApp."


def kind_of(sheet: OrderView) -> NoticeKind:
    return NoticeKind.PICK_UP if sheet.status in WAITING else NoticeKind.OTHER


def template_of(sheet: OrderView) -> str | None:
    """Code of the shop's text that fits the moment of the order."""
    if sheet.status is Status.AWAITING_APPROVAL:
        return "message_quote"
    if sheet.status is Status.READY and not sheet.notices:
        return "message_ready"
    return "message_notice" if sheet.status in WAITING else None


class NoticePane(SidePane):
    skipped = Signal()
    """Of several orders this one is left for the next."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("noticePane", parent)
        self._desk = desk
        self._sheet: OrderView | None = None
        self._offered = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self._title = title_label()
        self._who = quiet_label(wrap=True)
        self._waits = quiet_label(wrap=True)
        self._waits.setObjectName("noticeWaits")
        names = {code: words[0].upper() + words[1:] for code, words in NOTICE_CHANNEL.items()}
        self.channel = NumberedChoice(names)
        self.channel.setObjectName("noticeChannel")
        self.body_text = LongTextField(lines=6)
        self.body_text.setObjectName("noticeBody")
        self._wrong = error_label()
        self._wrong.setObjectName("noticeError")
        self._log = quiet_label(wrap=True)
        self._log.setObjectName("noticeLog")
        self._link = GhostButton("Abrir o WhatsApp", "Alt+W")
        self._link.setObjectName("noticeWhatsApp")
        self._picture = GhostButton("Mostrar QR code", "Alt+Q")
        self._picture.setObjectName("noticeQr")
        self._confirm = PrimaryButton("Registrar aviso", "Ctrl+Enter")
        self._confirm.setObjectName("noticeConfirm")
        self._skip = GhostButton("Pular", "Alt+P")
        self._skip.setObjectName("noticeSkip")
        self._back = GhostButton("Voltar", "Esc")
        self._back.setObjectName("noticeBack")
        scroll = ScrollColumn()
        for part in (
            *(self._title, self._who, self._waits),
            Labelled("Por onde", self.channel),
            Labelled("Texto", self.body_text),
            *(self._wrong, self._log),
        ):
            scroll.column.addWidget(part)
        scroll.column.addStretch(1)
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        for button in (self._link, self._picture, self._confirm, self._skip, self._back):
            buttons.addWidget(button)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(buttons)

    def _connect(self) -> None:
        self.channel.edited.connect(self._show_ways)
        self._link.clicked.connect(self.open_link)
        self._picture.clicked.connect(self.show_picture)
        self._confirm.clicked.connect(self.confirm)
        self._skip.clicked.connect(self.skip)
        pane_keys(self, {"Alt+W": self.open_link, "Alt+Q": self.show_picture, "Alt+P": self.skip})
        self._back.clicked.connect(self.left)

    # -- asking ----------------------------------------------------------------------------

    def ask(self, sheet: OrderView, place: tuple[int, int] | None = None) -> None:
        """The shop's words for this moment, filled in; the way that this customer has.

        ``place``: which of several orders in a row it is, out of how many.
        """
        self._sheet = sheet
        self._title.setText("Avisar cliente" if place is None else "Avisar {} de {}".format(*place))
        self._skip.setVisible(place is not None)
        self._who.setText(f"OS {sheet.number} · {sheet.customer.name} · {sheet.equipment.title}")
        self._show_waiting(sheet)
        phone = whatsapp_digits(sheet.customer.phones)
        self.channel.set_value(NoticeChannel.WHATSAPP if phone else NoticeChannel.PHONE)
        code = template_of(sheet)
        shop = self._desk.shop
        text = getattr(shop, code) if code else ""
        self._offered = fill(text, values_of(text, code, sheet, shop)) if code else ""
        self.body_text.set_value(self._offered)
        self._offered = self.body_text.toPlainText()  # the field makes plain spaces of fixed ones
        zone = self._desk.zone
        lines = [
            f"{format_moment(notice.at, zone)} · {NOTICE_CHANNEL[notice.channel]}"
            f"{f' · {notice.author}' if notice.author else ''}\n{notice.body}"
            for notice in reversed(sheet.notices)
        ]
        self._log.setText("\n\n".join(["Avisos anteriores:", *lines]) if lines else "")
        self._log.setVisible(bool(lines))
        self._say("")
        self._show_ways()
        (self.channel if code else self.body_text).setFocus(Qt.FocusReason.TabFocusReason)

    def has_text(self) -> bool:
        return self.body_text.toPlainText() != self._offered

    def _show_waiting(self, sheet: OrderView) -> None:
        zone, today = self._desk.zone, self._desk.today()
        since = waits_since(sheet, zone) if sheet.status not in CLOSED else None
        until = pick_up_until(sheet, zone, self._desk.shop.pick_up_days)
        words = ""
        if since is not None and until is not None:
            days = (today - since).days
            words = "Espera retirada desde hoje."
            if days:
                count = plural(days, "dia", "dias")
                words = f"Espera retirada há {count}, desde {format_date(since)}."
            if today > until:
                words += f" Retirada pendente: o prazo era {format_date(until)}."
        self._waits.setText(words)
        self._waits.setVisible(bool(words))
        set_kind(self._waits, "tone", "red" if until is not None and today > until else "")

    def _show_ways(self) -> None:
        sends = self.channel.value() is NoticeChannel.WHATSAPP
        known = self._phone() is not None
        for button in (self._link, self._picture):
            button.setVisible(sends and known)
        self._say(NO_PHONE if sends and not known else "")

    def _phone(self) -> str | None:
        return whatsapp_digits(self._sheet.customer.phones) if self._sheet else None

    # -- answering -------------------------------------------------------------------------

    def link(self) -> str | None:
        """The message as a link; None without a phone or words."""
        phone, words = self._phone(), self.body_text.toPlainText().strip()
        return whatsapp_link(phone, words) if phone and words else None

    def open_link(self) -> None:
        link = None if self._link.isHidden() else self.link()
        if link is not None:
            QDesktopServices.openUrl(QUrl(link, QUrl.ParsingMode.StrictMode))
            self._confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_picture(self) -> None:
        from osdesk.ui.panes.qr_dialogs import MessageDialog

        link = None if self._picture.isHidden() else self.link()
        if link is not None and self._sheet is not None:
            MessageDialog(link, self._sheet.customer.name, self).show()
            self._confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Register that the customer was told these words this way."""
        sheet, channel = self._sheet, self.channel.value()
        if sheet is None or not isinstance(channel, NoticeChannel):
            return
        try:
            form = NoticeForm(channel, self.body_text.value() or "", kind_of(sheet))
            now, author = self._desk.now(), self._desk.author
            self._desk.write(give_notice, sheet.number, form, now=now, author=author)
        except UserError as error:
            self.body_text.error(sentence(error))
            self.body_text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._offered = self.body_text.toPlainText()
        self.done.emit(sheet.number)

    def skip(self) -> None:
        """Go on to the next of several orders."""
        if not self._skip.isHidden():
            self.skipped.emit()

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    # -- keys ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        else:
            super().keyPressEvent(event)
