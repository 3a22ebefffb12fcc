"""The shop's profile, texts, settings and counters."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.calendar import load_zone
from osdesk.domain.codes import EventCode
from osdesk.domain.default_texts import TEXTS
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import normalize_document
from osdesk.domain.pix import normalize_pix_key
from osdesk.domain.text import NAME_LIMIT, TEXT_LIMIT, clean_name, clean_text
from osdesk.domain.topics import Topic
from osdesk.domain.views.shop import (
    ShopView,
)
from osdesk.persistence.order_models import Order
from osdesk.persistence.shop_models import Counter, Shop, ShopText

if TYPE_CHECKING:  # the first list reads the shop and saves none
    from osdesk.domain.orders.forms import ShopForm

TOPIC = Topic.SHOP

TERMS = tuple(TEXTS)
LARGEST_NUMBER = 999_999_999


def shop_row(session: Session) -> Shop:
    return session.get_one(Shop, 1)


def zone_of(session: Session) -> ZoneInfo:
    return load_zone(shop_row(session).zone)


def take_number(session: Session, name: str) -> int:
    """The next number of a counter (``order``, ``receipt``), never to be given again."""
    counter = session.get_one(Counter, name)
    number = counter.next
    counter.next += 1
    return number


def shop_view(session: Session) -> ShopView:
    shop = shop_row(session)
    texts = TEXTS | dict(session.execute(select(ShopText.code, ShopText.body)).all())
    return ShopView(
        shop_id=shop.shop_id,
        name=shop.name,
        tagline=shop.tagline,
        document=shop.document,
        address=shop.address,
        city=shop.city,
        phones=shop.phones,
        email=shop.email,
        default_ddd=shop.default_ddd,
        zone=shop.zone,
        quote_validity_days=shop.quote_validity_days,
        warranty_days=shop.warranty_days,
        pick_up_days=shop.pick_up_days,
        payment_terms=shop.payment_terms,
        pix_key=shop.pix_key,
        pix_name=shop.pix_name,
        pix_city=shop.pix_city,
        code_days=shop.code_days,
        fine_bp=shop.fine_bp,
        interest_bp=shop.interest_bp,
        open_saturday=shop.open_saturday,
        **{code: texts[code] for code in TERMS},
        next_number=session.get_one(Counter, "order").next,
        logo=shop.logo,
    )


def keep_text(session: Session, code: str) -> None:
    """A text that goes out on paper is the shop's own from then on: a later release that words its
    default otherwise changes nothing of what was signed."""
    if session.get(ShopText, code) is None:
        session.add(ShopText(code=code, body=TEXTS[code]))


def shop_form(session: Session) -> "ShopForm":
    from osdesk.domain.orders.forms import ShopForm

    view = shop_view(session)
    names = ShopForm.__dataclass_fields__
    return ShopForm(**{name: getattr(view, name) for name in names})


def save_shop(session: Session, form: "ShopForm", *, now: datetime, author: int | None) -> None:
    """Save profile and settings.

    Raises UserError with ``field`` naming what is to be mended: bad_document, bad_zone, bad_days,
    bad_ddd, number_goes_back, too_long, bad_character.
    """
    from osdesk.services.events import record

    shop = shop_row(session)
    counter = session.get_one(Counter, "order")
    load_zone(form.zone)
    if len(form.default_ddd) != 2 or not form.default_ddd.isdecimal():
        raise UserError("bad_ddd", field="default_ddd", value=form.default_ddd)
    _check_days(form)
    if form.next_number != counter.next:
        used = session.scalar(select(Order.number).order_by(Order.number.desc()).limit(1)) or 0
        if not used < form.next_number <= LARGEST_NUMBER or form.next_number < counter.next:
            raise UserError("number_goes_back", field="next_number", next=counter.next)
    values: dict[str, object] = {
        name: _line(getattr(form, name), name)
        for name in (
            *("tagline", "address", "city", "phones", "email"),
            *("pix_key", "pix_name", "pix_city"),
        )
    }
    values["name"] = clean_name(form.name, limit=NAME_LIMIT, field="name")
    values["payment_terms"] = clean_text(
        form.payment_terms, limit=TEXT_LIMIT, field="payment_terms"
    )
    values["document"] = normalize_document(form.document) if form.document else None
    if values["pix_key"]:
        values["pix_key"] = normalize_pix_key(str(values["pix_key"]))
        for name in ("pix_name", "pix_city"):
            if not values[name]:
                raise UserError("pix_incomplete", field=name)
    for name in (
        *("default_ddd", "zone", "quote_validity_days", "warranty_days", "pick_up_days"),
        *("code_days", "fine_bp", "interest_bp", "open_saturday"),
    ):
        values[name] = getattr(form, name)
    changed = [name for name, value in values.items() if getattr(shop, name) != value]
    for name in changed:
        setattr(shop, name, values[name])
    stored = {text.code: text for text in session.scalars(select(ShopText))}
    for code in TERMS:
        body = clean_text(getattr(form, code), limit=TEXT_LIMIT, field=code)
        if code in stored and stored[code].body != body:
            stored[code].body = body
            changed.append(code)
        elif code not in stored and body != TEXTS[code]:
            session.add(ShopText(code=code, body=body))
            changed.append(code)
    if form.next_number != counter.next:
        counter.next = form.next_number
        changed.append("next_number")
    if changed:
        data = {"changed": changed, "next_number": counter.next}
        record(session, EventCode.SHOP_CHANGED, now=now, author=author, data=data)


def set_logo(session: Session, sha: str | None, *, now: datetime, author: int | None) -> None:
    """Name the logo's picture among the folder's files, or none."""
    from osdesk.services.events import record

    shop_row(session).logo = sha
    data = {"changed": ["logo"], "logo": sha}
    record(session, EventCode.SHOP_CHANGED, now=now, author=author, data=data)


def _line(value: str | None, field: str) -> str | None:
    return clean_name(value or "", limit=NAME_LIMIT, field=field) or None


def _check_days(form: "ShopForm") -> None:
    for field, most in (("fine_bp", 200), ("interest_bp", 100)):
        if not 0 <= getattr(form, field) <= most:
            raise UserError("bad_rate", field=field, most=most // 100)
    ranges = {
        "quote_validity_days": (1, 365),
        "warranty_days": (90, 3650),
        "pick_up_days": (1, 3650),
        "code_days": (0, 3650),
    }
    for field, (least, most) in ranges.items():
        if not least <= getattr(form, field) <= most:
            raise UserError("bad_days", field=field, least=least, most=most)
