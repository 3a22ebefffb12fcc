"""The settings: sections at the left, one of them shown, each saved by itself."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.text import fold
from osdesk.domain.topics import Topic
from osdesk.ui.desk import Desk
from osdesk.ui.imports.pane import ImportPane
from osdesk.ui.page import Page
from osdesk.ui.settings.about import AboutSection, LookSection
from osdesk.ui.settings.backup import BackupSection
from osdesk.ui.settings.checklists import ChecklistsSection
from osdesk.ui.settings.diagnosis import DiagnosisSection
from osdesk.ui.settings.keys import KeysSection
from osdesk.ui.settings.lists import (
    SlotsSection,
    StagesSection,
    synonyms_section,
    team_section,
    types_section,
)
from osdesk.ui.settings.money import MoneySection
from osdesk.ui.settings.section import Section
from osdesk.ui.settings.shop import ShopSection
from osdesk.ui.settings.texts import TextsSection
from osdesk.ui.widgets.controls import Card, quiet_label, title_label
from osdesk.ui.widgets.line_fields import TextField
from osdesk.ui.widgets.scroll_column import ScrollColumn

SECTIONS = (
    ("settingsShop", "Loja"),
    ("settingsTexts", "Textos e prazos"),
    ("settingsMoney", "Recebimentos"),
    ("settingsTeam", "Equipe"),
    ("settingsTypes", "Tipos de serviço"),
    ("settingsStages", "Etapas"),
    ("settingsChecklists", "Checklists"),
    ("settingsSlots", "Prateleiras e senhas"),
    ("settingsSearch", "Busca"),
    ("settingsLook", "Aparência"),
    ("settingsKeys", "Teclas"),
    ("settingsImport", "Trazer dados"),
    ("settingsBackup", "Backup"),
    ("settingsDiagnosis", "Diagnóstico"),
    ("settingsAbout", "Sobre"),
)
SHOWN = (Topic.SHOP, Topic.STAFF, Topic.SLOTS, Topic.CHECKLISTS, Topic.STAGES, Topic.SYNONYMS)
WIDEST = 860
NOTHING = "Nada nas configurações com isso."
WORDED = (QLabel, QAbstractButton)
"""What has its words on the screen; of a field its name is looked at, never what it holds."""


class ImportSection(Section):
    """Bringing data in from another program."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.pane = ImportPane(desk)
        self.whole.addWidget(self.pane)
        self.whole.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        self.pane.refresh()

    def escape(self) -> bool:
        return self.pane.escape()


class SettingsPage(Page):
    """The sections; each is made when it is first looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settingsPage")
        self._desk = desk
        self._sections: dict[str, Section] = {}
        self._build()
        self._connect()
        self.show_section(SECTIONS[0][0])

    def _build(self) -> None:
        self._group = QButtonGroup(self)
        side = Card()
        side.body.setContentsMargins(8, 8, 8, 8)
        side.body.setSpacing(2)
        side.setFixedWidth(184)
        self.search = TextField(placeholder="Buscar")
        self.search.setObjectName("settingsFind")
        self.search.setAccessibleName("Buscar nas configurações")
        self.search.setClearButtonEnabled(True)
        side.body.addWidget(self.search)
        entries = ScrollColumn(spacing=2)  # on a small screen they scroll
        side.body.addWidget(entries, 1)
        for name, words in SECTIONS:
            entry = QPushButton(words)
            entry.setObjectName(name)
            entry.setProperty("kind", "nav")
            entry.setCheckable(True)
            entry.setAutoDefault(False)
            entry.setAccessibleName(f"Configurações: {words}")
            self._group.addButton(entry)
            entries.column.addWidget(entry)
        self._none = quiet_label(NOTHING, wrap=True)
        self._none.setObjectName("settingsNone")
        self._none.hide()
        entries.column.addWidget(self._none)
        entries.column.addStretch(1)
        self.stack = QStackedWidget()
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(side)
        body.addWidget(self.stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(12)
        whole.addWidget(title_label("Configurações"))
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._entry_clicked)
        self.search.textChanged.connect(self._searched)
        self.search.returnPressed.connect(self._first_found)
        self._desk.changed.connect(self._record_changed)

    # -- sections --------------------------------------------------------------------------

    def section(self, name: str) -> Section:
        """One section, made when it is first looked at."""
        if name not in self._sections:
            section = self._sections[name] = self._make(name)
            section.setProperty("kind", "scrolled")
            section.setMaximumWidth(WIDEST)
            scroll = ScrollColumn()
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 4, 0)
            row.addWidget(section, 100)
            row.addStretch(1)
            scroll.column.addLayout(row)
            section.setProperty("page", self.stack.addWidget(scroll))
        return self._sections[name]

    def _make(self, name: str) -> Section:
        makers: dict[str, Callable[[], Section]] = {
            "settingsShop": lambda: ShopSection(self._desk),
            "settingsTexts": lambda: TextsSection(self._desk),
            "settingsMoney": lambda: MoneySection(self._desk),
            "settingsTeam": lambda: team_section(self._desk),
            "settingsTypes": lambda: types_section(self._desk),
            "settingsStages": lambda: StagesSection(self._desk),
            "settingsChecklists": lambda: ChecklistsSection(self._desk),
            "settingsSlots": lambda: SlotsSection(self._desk),
            "settingsSearch": lambda: synonyms_section(self._desk),
            "settingsLook": lambda: LookSection(self._desk),
            "settingsKeys": self._keys_section,
            "settingsImport": lambda: ImportSection(self._desk),
            "settingsBackup": self._backup_section,
            "settingsDiagnosis": lambda: DiagnosisSection(self._desk),
            "settingsAbout": lambda: AboutSection(self._desk),
        }
        return makers[name]()

    def _keys_section(self) -> KeysSection:
        section = KeysSection(self._desk)
        section.reopen_requested.connect(self._reopen)
        return section

    def _reopen(self) -> None:
        self.shop_requested.emit(self._desk.folder)

    def _backup_section(self) -> BackupSection:
        section = BackupSection(self._desk)
        section.restore_requested.connect(self.restore_requested)
        return section

    def show_section(self, name: str) -> None:
        """Go to a section; what is typed in another stays there, unsaved and marked."""
        section = self.section(name)
        section.refresh()
        self.stack.setCurrentIndex(int(section.property("page")))
        for button in self._group.buttons():
            chosen = button.objectName() == name
            button.setChecked(chosen)
            # Tab stops at the chosen one of a group; Qt looks at that only where a person chose
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
            )
            if chosen:
                self.setFocusProxy(button)  # who comes here by a key goes on with the arrows
        self._mark()

    # -- finding a setting -----------------------------------------------------------------

    def escape(self) -> bool:
        if self.search.text():
            self.search.clear()
            return True
        return self.section(self.shown).escape()

    def _searched(self) -> None:
        """The sections where what is typed stands on the screen stay in the list."""
        typed = fold(self.search.text())
        found = [name for name, _ in SECTIONS if not typed or self._where(name, typed) is not None]
        for button in self._group.buttons():
            button.setVisible(button.objectName() in found)
        self._none.setVisible(not found)

    def _where(self, name: str, typed: str) -> QWidget | None:
        """The first part of a section whose words hold what was typed."""
        section = self.section(name)
        if typed in fold(dict(SECTIONS)[name]):
            return section
        for part in section.findChildren(QWidget):
            words = getattr(part, "text", str) if isinstance(part, WORDED) else str
            if typed in fold(f"{words()} {part.accessibleName()}"):
                return part
        return None

    def _first_found(self) -> None:
        for button in self._group.buttons():
            if not button.isHidden():
                self._entry_clicked(button)
                return

    @property
    def shown(self) -> str:
        checked = self._group.checkedButton()
        return checked.objectName() if checked else SECTIONS[0][0]

    def habits(self) -> dict[str, str]:
        """What is found again the next time."""
        return {"section": self.shown}

    def take_habits(self, habits: dict[str, str]) -> None:
        if habits.get("section") in dict(SECTIONS):
            self.show_section(habits["section"])

    def refresh(self) -> None:
        self.section(self.shown).refresh()

    def save(self) -> bool:
        """Ctrl+S saves the section that is shown."""
        self.section(self.shown).save()
        self._mark()
        return not self.section(self.shown).dirty

    def try_close(self) -> bool:
        """Whether nothing typed would be lost; where it would, that section asks."""
        for name, section in self._sections.items():
            if section.dirty:
                self.show_section(name)
                section.ask_to_save()
                return False
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _entry_clicked(self, button: QAbstractButton) -> None:
        name, typed = button.objectName(), fold(self.search.text())
        self.show_section(name)
        part = self._where(name, typed) if typed else None
        area = self.stack.currentWidget()
        if part is not None and isinstance(area, ScrollColumn):
            area.ensureWidgetVisible(part)

    def _record_changed(self, what: Topic) -> None:
        if what in SHOWN:
            for section in self._sections.values():
                section.refresh()
            self._mark()

    def _mark(self) -> None:
        for name, words in SECTIONS:
            section = self._sections.get(name)
            unsaved = " •" if section is not None and section.dirty else ""
            for button in self._group.buttons():
                if button.objectName() == name:
                    button.setText(words + unsaved)
                    button.setToolTip("Há alterações não salvas" if unsaved else "")
