"""A customer's account as screens and papers see it: what was bought, paid, is owed, since when."""

from dataclasses import dataclass
from datetime import date

from osdesk.domain.codes import ChargeKind, PaymentKind, PaymentMethod
from osdesk.domain.orders.late_fees import LateFees
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import CustomerView
from osdesk.domain.views.shop import ShopView


@dataclass(frozen=True, slots=True)
class AccountOrder:
    """One order of the account; ``day``: when it became owed, None while it is worked on."""

    number: int
    equipment: str
    status: Status
    day: date | None
    total: int
    paid: int
    balance: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A balance or an instalment that is owed."""

    number: int
    equipment: str
    due_on: date | None
    amount: int
    days_late: int
    """0: not due yet, or without a day."""


@dataclass(frozen=True, slots=True)
class Movement:
    """An order that became owed (``kind`` None), money in (negative) and out, or a charge: the
    price that fell after delivery (negative), late fees."""

    day: date
    number: int
    kind: PaymentKind | ChargeKind | None
    method: PaymentMethod | None
    amount: int
    balance: int
    """Owed after it; below zero the customer has a credit."""


@dataclass(frozen=True, slots=True)
class Account:
    customer: CustomerView
    day: date
    orders: tuple[AccountOrder, ...]
    """Newest first, cancelled ones without money left out."""
    pieces: tuple[Piece, ...]
    """What is owed now, the earliest due first."""
    movements: tuple[Movement, ...]
    """Oldest first; the last one's balance is what is owed less what was paid ahead."""
    by_age: dict[str, int]
    """Keys not_due, 1-30, 31-60, 61-90, over_90; centavos."""

    @property
    def bought(self) -> int:
        return sum(order.total for order in self.orders if order.day is not None)

    @property
    def paid(self) -> int:
        return sum(order.paid for order in self.orders)

    @property
    def owed(self) -> int:
        return sum(piece.amount for piece in self.pieces)

    @property
    def overdue(self) -> int:
        return sum(piece.amount for piece in self.late)

    @property
    def late(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.days_late > 0)

    @property
    def ahead(self) -> int:
        """Paid for orders that are still worked on: deposits."""
        return sum(order.paid for order in self.orders if order.day is None)

    @property
    def since(self) -> date | None:
        """The earliest day that was missed."""
        return min((piece.due_on for piece in self.late if piece.due_on), default=None)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter about what a customer did not pay by its day."""

    shop: ShopView
    customer: CustomerView
    day: date
    text: str
    """The shop's words, filled in."""
    lines: tuple[tuple[Piece, LateFees], ...]

    @property
    def fees(self) -> bool:
        """Whether the shop agreed on a fine or interest."""
        return bool(self.shop.fine_bp or self.shop.interest_bp)

    @property
    def total(self) -> int:
        return sum(piece.amount + fees.total for piece, fees in self.lines)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The orders it is about, each once."""
        return tuple(sorted({piece.number for piece, _ in self.lines}))
