"""All versions of an order's quote: what each promised, how it ended, what changed between two."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QVBoxLayout, QWidget

from osdesk.domain.quote_versions import QuoteVersion, compare
from osdesk.domain.shapes import OrderSheet
from osdesk.services.quotes import quote_versions
from osdesk.ui.desk import Desk
from osdesk.ui.fields import ChoiceField, Labelled
from osdesk.ui.quote_words import change_words, content_words, story_words, version_words
from osdesk.ui.side_pane import LookPane
from osdesk.ui.widgets import quiet_label

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

    def ask(self, sheet: OrderSheet) -> None:
        super().ask(sheet)
        self.versions.show_order(sheet.number)
        self.versions.list.setFocus(Qt.FocusReason.TabFocusReason)

    def has_text(self) -> bool:
        """Nothing is typed here."""
        return False


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
