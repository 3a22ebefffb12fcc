"""What a new shop does first, and how far it has come."""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from osdesk.domain.views.shop import FirstSteps
from osdesk.persistence.order_models import Order
from osdesk.persistence.paper_models import IssuedPaper
from osdesk.persistence.shop_models import Shop


def first_steps(session: Session) -> FirstSteps:
    """One question, whatever the shop holds: each part ends at its first row."""
    named = func.coalesce(Shop.name, "") != ""
    reached = func.coalesce(Shop.phones, Shop.address, Shop.document, "") != ""
    row = session.execute(
        select(
            (named & reached).label("profile"),
            exists(select(Order.id)).label("order"),
            exists(select(IssuedPaper.id)).label("paper"),
            exists(select(IssuedPaper.id).where(IssuedPaper.signed_at.is_not(None))).label("sheet"),
        ).select_from(Shop)
    ).one()
    return FirstSteps(*map(bool, row))
