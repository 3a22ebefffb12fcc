"""The customers' records kept in order: who seems to be there twice, and of whom nothing was heard
for years. Nothing happens by itself: it only suggests."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.calendar import format_date
from osdesk.domain.errors import UserError
from osdesk.domain.topics import Topic
from osdesk.domain.views.merging import LikePair
from osdesk.services.customers.customers import find_customers, standing_id
from osdesk.services.customers.merging import (
    like_customers,
    like_pair,
    unmerge_customer,
)
from osdesk.services.customers.retention import MOST, YEARS, Quiet, quiet_customers
from osdesk.texts import plural, sentence
from osdesk.ui.customers.merging import MergeCard, why_words
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.controls import (
    Card,
    ChipButton,
    DangerButton,
    FlatButton,
    GhostButton,
    MessageBar,
    quiet_label,
    section_label,
    set_kind,
)
from osdesk.ui.widgets.fields import ChoiceField
from osdesk.ui.widgets.search_box import SearchBox
from osdesk.ui.widgets.tables import Cell, CellsModel, PlainTable

KEEP, GONE, WHY = range(3)
NAME, ORDERS, LAST = range(3)
CHOICES = (5, 6, 8, 10)
LIKE, QUIET = range(2)
LOOKING = "Procurando…"
NO_LIKE = "Nenhum cadastro parece repetido."
NO_ONE = "Ninguém mais com este nome ou telefone. Procure o outro cadastro acima."
NO_QUIET = "Ninguém sem movimento há tanto tempo."
WHY_YEARS = (
    "Cinco anos é o prazo para reclamar de um dano (CDC art. 27), cobrar uma dívida escrita "
    "(Código Civil art. 206) e para o fisco. Depois dele, e sem nada em aberto, a LGPD (art. 16) "
    "pede que os dados da pessoa não fiquem. As ordens e os valores ficam, sem o nome."
)
STILL = "Ainda há dados nos backups; guarde-os só enquanto precisar."
ASK = "Apagar para sempre os dados de {who}? Não há como desfazer. Antes é feito um backup."


def _like_cell(pair: LikePair, column: int) -> Cell:
    if column == WHY:
        return Cell(why_words(pair))
    customer = pair.keep if column == KEEP else pair.gone
    phone = customer.phones[0].number if customer.phones else "sem telefone"
    return Cell(customer.name, phone, strong=column == KEEP)


def _quiet_cell(row: Quiet, column: int) -> Cell:
    if column == NAME:
        return Cell(row.name, strong=True)
    if column == ORDERS:
        return Cell(str(row.orders), right=True)
    return Cell(format_date(row.last), right=True)


class QuietCard(QWidget):
    """What stands beside those that nothing was heard of: why, and erasing the chosen ones."""

    erase_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quietCard")
        self._said = quiet_label(wrap=True)
        self._said.setObjectName("quietSaid")
        self._erase = GhostButton("Anonimizar…")
        self._erase.setObjectName("quietErase")
        self._confirm = DangerButton("Apagar para sempre")
        self._confirm.setObjectName("quietConfirm")
        self._keep = FlatButton("Não apagar")
        self._chosen: tuple[Quiet, ...] = ()
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(self._confirm)
        answers.addWidget(self._keep)
        answers.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(section_label("Sem nada há anos"))
        column.addWidget(quiet_label(WHY_YEARS, wrap=True))
        column.addWidget(
            quiet_label("Escolha um na lista, ou vários com Ctrl ou Shift.", wrap=True)
        )
        column.addWidget(self._erase)
        column.addWidget(self._said)
        column.addLayout(answers)
        column.addStretch()
        self._erase.clicked.connect(self._ask)
        self._keep.clicked.connect(self._kept)
        self._confirm.clicked.connect(self.erase_requested)
        self.show_chosen(())

    def show_chosen(self, chosen: tuple[Quiet, ...]) -> None:
        self._chosen = chosen
        count = f" {plural(len(chosen), 'cliente', 'clientes')}" if len(chosen) > 1 else ""
        self._erase.set_text(f"Anonimizar{count}…")
        self._erase.setEnabled(bool(chosen))
        self._answers(False)

    def say(self, words: str, tone: str = "", *, busy: bool = False) -> None:
        self._answers(False)
        self._said.setText(words)
        self._said.setVisible(bool(words))
        set_kind(self._said, "tone", tone)
        self._erase.setEnabled(bool(self._chosen) and not busy)

    def _ask(self) -> None:
        many = plural(len(self._chosen), "cliente", "clientes")
        who = self._chosen[0].name if len(self._chosen) == 1 else many
        self.say(ASK.format(who=who), "red")
        self._answers(True)
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kept(self) -> None:
        self.say("")
        self._erase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answers(self, shown: bool) -> None:
        self._confirm.setVisible(shown)
        self._keep.setVisible(shown)
        if not shown:
            self._said.hide()


class CustomersTidy(QWidget):
    """In the place of the list and the card; ``left`` when it is done with."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customersTidy")
        self._desk = desk
        self._one: int | None = None
        """The customer whose other record is sought; None: all that are alike."""
        self._stale = True
        self._undo: int | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self._back = GhostButton("Clientes", "Esc", "arrow-left")
        self._back.setObjectName("tidyBack")
        self._like = ChipButton("Parecem repetidos")
        self._like.setObjectName("tidyLike")
        self._quiet = ChipButton("Sem nada há anos")
        self._quiet.setObjectName("tidyQuiet")
        self._chips = QButtonGroup(self)
        self._chips.addButton(self._like, LIKE)
        self._chips.addButton(self._quiet, QUIET)
        self._years = ChoiceField()
        self._years.setAccessibleName("Há quantos anos sem nada")
        self._years.set_choices([(years, f"há {years} anos ou mais") for years in CHOICES])
        self._years.set_value(YEARS)
        self._years.setMaximumWidth(200)
        self._search = SearchBox("tidySearch", "Buscar o outro cadastro", "Nome ou telefone")
        top = QHBoxLayout()
        top.setSpacing(8)
        for part in (self._back, self._like, self._quiet, self._years):
            top.addWidget(part)
        top.addWidget(self._search, 1)
        top.addStretch()
        self.bar = MessageBar()
        likes: CellsModel[LikePair] = CellsModel(
            ("Cadastro", "Parecido com", "Em comum"), _like_cell
        )
        self._likes = PlainTable(
            "Cadastros parecidos", likes, {GONE: 220, WHY: 150}, optional=(WHY,)
        )
        self._likes.setObjectName("likeTable")
        quiets: CellsModel[Quiet] = CellsModel(
            ("Cliente", "Ordens", "Último movimento"), _quiet_cell, (ORDERS, LAST)
        )
        self._quiets = PlainTable("Clientes sem movimento", quiets, {ORDERS: 84, LAST: 140})
        self._quiets.setObjectName("quietTable")
        self._quiets.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._none = quiet_label(wrap=True)
        self._none.setObjectName("tidyNone")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ground = Card()
        ground.body.setContentsMargins(1, 1, 1, 1)
        for what in (self._likes, self._quiets, self._none):
            ground.body.addWidget(what, 1)
        self.merge = MergeCard(self._desk)
        self.quiet = QuietCard()
        self._nobody = quiet_label("Escolha um par na lista.", wrap=True)
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        for card in (self.merge, self.quiet, self._nobody):
            self._stack.addWidget(card)
        self.side = Card()
        self.side.body.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(ground, 1)
        row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self._chips.idClicked.connect(self._turned)
        self._years.edited.connect(self._read)
        self._search.textChanged.connect(self._searched)
        self._likes.current_changed.connect(self._pair_chosen)
        self._likes.opened.connect(self._pair_opened)
        self._quiets.selectionModel().selectionChanged.connect(self._quiet_chosen)
        self.merge.merged.connect(self._merged)
        self.quiet.erase_requested.connect(self._erase)
        self.bar.acted.connect(self._undone)
        self._desk.changed.connect(self._record_changed)

    # -- showing ---------------------------------------------------------------------------

    def open(self, customer_id: int | None = None) -> None:
        """All records that are alike, or those that may be the customer's."""
        self._one = customer_id
        self._search.clear()
        self.bar.clear()
        self._like.setChecked(True)
        self._turned(LIKE)

    def _turned(self, what: int) -> None:
        if what == QUIET:
            self._one = None
        self._years.setVisible(what == QUIET)
        self._search.setVisible(what == LIKE and self._one is not None)
        self._read()

    def _record_changed(self, what: Topic) -> None:
        if self.isVisible() and what in (Topic.CUSTOMERS, Topic.ORDERS):
            self._read()

    def _read(self) -> None:
        """In the background: all names are compared."""
        if self._one is not None:  # it may have gone into another meanwhile
            self._one = self._desk.read(standing_id, self._one)
        self._wait()
        if self._chips.checkedId() == QUIET:
            years = self._years.value()
            now = self._desk.now()
            self._desk.read_later(
                quiet_customers, years, now=now, done=self._show_quiet, owner=self
            )
        elif self._search.text().strip():
            self._searched()
        else:
            self._desk.read_later(like_customers, done=self._show_like, owner=self)

    def _wait(self) -> None:
        self._likes.hide()
        self._quiets.hide()
        self._none.setText(LOOKING)
        self._none.show()
        self._stack.setCurrentWidget(self._nobody)
        self._nobody.setText("")

    def _show_like(self, pairs: list[LikePair]) -> None:
        if self._chips.checkedId() != LIKE:
            return
        if self._one is not None:
            pairs = [pair for pair in pairs if self._one in (pair.keep.id, pair.gone.id)]
        else:
            self._like.set_count(len(pairs))
        self._show(self._likes, pairs, NO_LIKE if self._one is None else NO_ONE)

    def _show_quiet(self, rows: list[Quiet]) -> None:
        if self._chips.checkedId() != QUIET:
            return
        self._quiet.set_count(len(rows))
        self._show(self._quiets, rows, NO_QUIET)
        if len(rows) == MOST:
            self.quiet.say(f"São mostrados os primeiros {MOST}.")

    def _show(self, table: PlainTable, rows: list[LikePair] | list[Quiet], nothing: str) -> None:
        table.cells.show_rows(rows)
        table.setVisible(bool(rows))
        self._none.setText(nothing)
        self._none.setVisible(not rows)
        if table is self._quiets:
            self._stack.setCurrentWidget(self.quiet)
            self._quiet_chosen()
        elif rows:
            self._nobody.setText("Escolha um par na lista.")
            table.select_row(0)

    # -- two that are one ------------------------------------------------------------------

    def _searched(self) -> None:
        typed = self._search.text().strip()
        if self._one is None:
            return
        if not typed:
            self._read()
            return
        others = self._desk.read(find_customers, typed, limit=30)
        pairs = [
            self._desk.read(like_pair, self._one, each.id)
            for each in others
            if each.id != self._one
        ]
        self._stack.setCurrentWidget(self._nobody)
        self._show(self._likes, pairs, f"Nenhum outro cliente com “{typed}”.")

    def _pair_chosen(self, index: QModelIndex) -> None:
        pair = self._likes.cells.row(index)
        if pair is not None:
            self.merge.show_pair(pair)
            self._stack.setCurrentWidget(self.merge)

    def _pair_opened(self, index: QModelIndex) -> None:
        self._pair_chosen(index)
        self.merge.start()

    def _merged(self, keep: int, gone: int) -> None:
        self._undo = gone
        self._search.clear()
        self.bar.say(f"O cadastro {gone} foi unido ao {keep}.", "amber", "Desfazer união")

    def _undone(self) -> None:
        if self._undo is None:
            return
        now, author = self._desk.now(), self._desk.author
        try:
            self._desk.write(unmerge_customer, self._undo, now=now, author=author)
        except UserError as error:
            self.bar.say(sentence(error))
        else:
            self.bar.say("União desfeita: os dois voltaram como eram.", "green")
        self._undo = None

    # -- of whom nothing was heard ---------------------------------------------------------

    def _quiet_chosen(self) -> None:
        rows = self._quiets.selectionModel().selectedRows()
        found = (self._quiets.cells.row(index) for index in rows)
        self.quiet.show_chosen(tuple(row for row in found if row is not None))

    def _chosen(self) -> list[int]:
        rows = self._quiets.selectionModel().selectedRows()
        return [row.id for index in rows if (row := self._quiets.cells.row(index)) is not None]

    def _erase(self) -> None:
        from osdesk.jobs.privacy import anonymise_people

        chosen = self._chosen()
        self.quiet.say("Fazendo um backup e apagando os dados…", busy=True)
        self._desk.tasks.run(
            anonymise_people,
            chosen,
            now=self._desk.now(),
            author=self._desk.author,
            done=self._erased,
            failed=self._failed,
            always=partial(self._desk.tell, Topic.CUSTOMERS),
            owner=self,
        )

    def _erased(self, count: int) -> None:
        words = plural(count, "cliente foi anonimizado", "clientes foram anonimizados")
        self.bar.say(
            f"{words}. Ainda há dados nos backups; guarde-os só enquanto precisar.", "amber"
        )

    def _failed(self, error: UserError) -> None:
        self.bar.say(sentence(error))
