"""The settings: sections at the left, one of them shown, each saved by itself."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.topics import Topic
from osdesk.ui.desk import Desk
from osdesk.ui.page import Page
from osdesk.ui.settings.about import AboutSection, LookSection
from osdesk.ui.settings.backup import BackupSection
from osdesk.ui.settings.checklists import ChecklistsSection
from osdesk.ui.settings.diagnosis import DiagnosisSection
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
from osdesk.ui.widgets.controls import Card, title_label
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
    ("settingsBackup", "Backup"),
    ("settingsDiagnosis", "Diagnóstico"),
    ("settingsAbout", "Sobre"),
)
SHOWN = (Topic.SHOP, Topic.STAFF, Topic.SLOTS, Topic.CHECKLISTS, Topic.STAGES, Topic.SYNONYMS)
WIDEST = 860


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
        side.setFixedWidth(176)
        entries = self._entries = ScrollColumn(spacing=2)  # on a small screen they scroll
        side.body.addWidget(entries)
        for name, words in SECTIONS:
            entry = QPushButton(words)
            entry.setObjectName(name)
            entry.setProperty("kind", "nav")
            entry.setCheckable(True)
            entry.setAutoDefault(False)
            entry.setAccessibleName(f"Configurações: {words}")
            self._group.addButton(entry)
            entries.column.addWidget(entry)
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
            "settingsBackup": self._backup_section,
            "settingsDiagnosis": lambda: DiagnosisSection(self._desk),
            "settingsAbout": lambda: AboutSection(self._desk),
        }
        return makers[name]()

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

    def _entry_clicked(self, button: QPushButton) -> None:
        self.show_section(button.objectName())

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
