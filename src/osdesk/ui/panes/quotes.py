"""All versions of an order's quote: what each promised, how it ended, what changed between two."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date, format_moment
from osdesk.domain.codes import ItemKind, QuoteStatus
from osdesk.domain.money import format_brl, format_quantity_br
from osdesk.domain.orders.quotes import (
    FactChange,
    LineChange,
    QuoteChanges,
    QuoteLine,
    QuoteVersion,
    compare,
)
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.quotes import quote_versions
from osdesk.texts import PART_CONDITION, QUOTE, VIA
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.controls import quiet_label
from osdesk.ui.widgets.fields import ChoiceField, Labelled
from osdesk.ui.widgets.side_pane import LookPane

MONEY = {
    "labor": "Mão de obra",
    "parts": "Materiais",
    "discount": "Desconto",
    "total": "Total",
    "fee": "Taxa combinada",
}
OTHER = {
    "start_on": "Início",
    "promised_on": "Prometida para",
    "promised_time": "Hora",
    "valid_until": "Válido até",
    "payment_terms": "Condições",
}
TONES = {
    QuoteStatus.DRAFT: "grey",
    QuoteStatus.SENT: "violet",
    QuoteStatus.APPROVED: "green",
    QuoteStatus.REFUSED: "amber",
    QuoteStatus.SUPERSEDED: "grey",
}


def version_words(version: QuoteVersion) -> str:
    """``Versão 2 · enviado · R$ 370,00``."""
    state = "vencido" if version.expired else QUOTE[version.status]
    return f"Versão {version.version} · {state} · {format_brl(version.total)}"


def story_words(version: QuoteVersion, zone: ZoneInfo) -> list[str]:
    """When it was sent, until when it held, what the answer was."""
    found = []
    if version.sent_at is not None:
        found.append(f"Enviado em {_moment(version.sent_at, zone)}")
    if version.valid_until is not None:
        verb = "Venceu em" if version.expired else "Válido até"
        found.append(f"{verb} {format_date(version.valid_until)}")
    yes = version.approval
    if yes is not None:
        heard = f", registrado por {yes.author}" if yes.author else ""
        found.append(f"Aprovado por {yes.by} {VIA[yes.via]} em {_moment(yes.at, zone)}{heard}")
    if version.status in (QuoteStatus.REFUSED, QuoteStatus.SUPERSEDED) and version.decided_at:
        verb = "Recusado" if version.status is QuoteStatus.REFUSED else "Substituído"
        found.append(f"{verb} em {_moment(version.decided_at, zone)}")
    return found


def content_words(version: QuoteVersion) -> list[tuple[str, str]]:
    """All that a version promises: words and, where it is money, the amount."""
    found = [(line_words(line), format_brl(line.total)) for line in version.lines]
    for name, words in MONEY.items():
        value = getattr(version, name)
        if value or name == "total":
            found.append((words, format_brl(value)))
    for name, words in OTHER.items():
        if name != "valid_until" and getattr(version, name) is not None:
            found.append((f"{words}: {_value(name, getattr(version, name))}", ""))
    return found


def line_words(line: QuoteLine) -> str:
    plain = line.kind is ItemKind.SERVICE and line.quantity == 1000
    words = line.description
    if not plain:
        words = f"{format_quantity_br(line.quantity)} × {words}"
    return words


def change_words(changes: QuoteChanges) -> list[tuple[str, str]]:
    """Each change with the sign of its kind: ``+`` added, ``−`` taken away, ``≠`` changed."""
    return [*map(_line_change, changes.lines), *map(_fact_change, changes.facts)]


def _line_change(change: LineChange) -> tuple[str, str]:
    before, after = change.before, change.after
    if before is None and after is not None:
        return "+", f"{line_words(after)} · {format_brl(after.total)}"
    if after is None and before is not None:
        return "−", f"{line_words(before)} · {format_brl(before.total)}"
    assert before is not None
    assert after is not None
    parts = []
    if before.total != after.total:
        parts.append(f"{format_brl(before.total)} → {format_brl(after.total)}")
    if before.quantity != after.quantity:
        amounts = (format_quantity_br(before.quantity), format_quantity_br(after.quantity))
        parts.append("quantidade " + " → ".join(amounts))
    if before.part_condition != after.part_condition:
        parts.append(f"peça {_condition(before)} → {_condition(after)}")
    if before.warranty_days != after.warranty_days:
        parts.append(f"garantia {_days(before)} → {_days(after)}")
    if not parts:
        parts.append("preço ou unidade")
    return "≠", f"{after.description} · {' · '.join(parts)}"


def _fact_change(change: FactChange) -> tuple[str, str]:
    words = MONEY.get(change.name) or OTHER[change.name]
    before, after = _value(change.name, change.before), _value(change.name, change.after)
    return "≠", f"{words}: {before} → {after}"


def _value(name: str, value: object) -> str:
    if value is None:
        return "nada"
    if name in MONEY and isinstance(value, int):
        return format_brl(value)
    return format_date(value) if isinstance(value, date) else str(value)


def _condition(line: QuoteLine) -> str:
    return PART_CONDITION[line.part_condition] if line.part_condition else "sem indicação"


def _days(line: QuoteLine) -> str:
    return "da loja" if line.warranty_days is None else f"{line.warranty_days} dias"


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return format_moment(moment, zone)


SHOWN = 5
"""So many versions are seen at once; more are scrolled to."""
ALONE = 0
"""In the place of a version to compare with: none, the whole content is shown."""


class QuoteVersions(QWidget):
    """Up and down choose a version; it stands beside the one before, or any other."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._versions: list[QuoteVersion] = []
        self._build()
        self.list.verticalScrollBar().rangeChanged.connect(self._fit_list)
        self.list.currentRowChanged.connect(self._version_chosen)
        self.other.edited.connect(self._show)

    def _build(self) -> None:
        self.list = _lines("quoteVersions", "Versões do orçamento")
        self._story = quiet_label(wrap=True)
        self.other = ChoiceField()
        self.other.setObjectName("quoteCompare")
        self.found = _lines("quoteChanges", "O que mudou")
        self._empty = quiet_label("Nenhum orçamento foi enviado ainda.", wrap=True)
        self._parts = (self.list, self._story, Labelled("Comparar com", self.other), self.found)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._empty)
        for part in self._parts:
            column.addWidget(part, 1 if part is self.found else 0)

    def show_order(self, number: int | None) -> None:
        """Read the versions of an order; the newest is chosen."""
        self._versions = (
            [] if number is None else self._desk.read(quote_versions, number, now=self._desk.now())
        )
        for part in self._parts:
            part.setVisible(bool(self._versions))
        self._empty.setVisible(not self._versions)
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([_whole(version_words(version)) for version in self._versions])
        self._fit_list()
        self.list.blockSignals(False)
        self.list.setCurrentRow(0)

    def _fit_list(self) -> None:
        """As high as its first rows, which may need a second line on a narrow side."""
        rows = [self.list.item(row) for row in range(min(SHOWN, self.list.count()))]
        self.list.setFixedHeight(sum(self.list.visualItemRect(row).height() for row in rows) + 4)

    def _version_chosen(self, row: int) -> None:
        if not 0 <= row < len(self._versions):
            return
        shown = self._versions[row]
        others = [version for version in self._versions if version is not shown]
        self.other.set_value(None)
        self.other.set_choices(
            [
                *((other.version, f"Versão {other.version}") for other in others),
                (ALONE, "Nenhuma: ver tudo"),
            ]
        )
        before = [other.version for other in others if other.version < shown.version]
        self.other.set_value(before[0] if before else ALONE)
        self._show()

    def _show(self) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._versions):
            return
        shown = self._versions[row]
        self._story.setText(" · ".join(story_words(shown, self._desk.zone)))
        other = next((v for v in self._versions if v.version == self.other.value()), None)
        self.found.clear()
        if other is None:
            for words, amount in content_words(shown):
                self.found.addItem(_whole(f"{words} · {amount}" if amount else words))
            return
        # the later of the two is read as what became of the earlier
        before, after = sorted((shown, other), key=lambda each: each.version)
        changes = change_words(compare(before, after))
        head = f"Da versão {before.version} para a {after.version}:"
        self.found.addItems(
            [head, *(_whole(f"{sign}  {words}") for sign, words in changes)]
            if changes
            else [f"As versões {before.version} e {after.version} dizem o mesmo."]
        )

    def texts(self) -> Sequence[str]:
        """What is said of the chosen version."""
        return [self.found.item(row).text() for row in range(self.found.count())]


class QuotesPane(LookPane):
    """The versions in the place of the list's right panel."""

    def __init__(self, desk: Desk) -> None:
        versions = QuoteVersions(desk)
        super().__init__("quotesPane", "Orçamentos", versions, "quotesBack")
        self.versions = versions

    def ask(self, sheet: OrderView) -> None:
        super().ask(sheet)
        self.versions.show_order(sheet.number)
        self.versions.list.setFocus(Qt.FocusReason.TabFocusReason)


def _whole(words: str) -> str:
    """An amount never goes on in the next line."""
    return words.replace("R$ ", "R$\N{NO-BREAK SPACE}")


def _lines(name: str, spoken: str) -> QListWidget:
    found = QListWidget()
    found.setObjectName(name)
    found.setAccessibleName(spoken)
    found.setFrameShape(QFrame.Shape.NoFrame)
    found.setWordWrap(True)
    found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    found.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    return found
