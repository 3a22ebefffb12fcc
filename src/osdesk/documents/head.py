"""Head and foot of every paper: whose it is, which one, which copy, and the QR that proves it."""

from collections.abc import Sequence

from osdesk.documents import fonts
from osdesk.documents.draw import INK, MUTED, Sheet, Style, picture_size, readable_picture, wrap
from osdesk.documents.flow import WIDTH, Strip, cell, row, rule
from osdesk.documents.parts import contact, document_text, joined, moment
from osdesk.domain.codes import Paper, PaymentKind
from osdesk.domain.shapes import (
    IssuedPaper,
)
from osdesk.domain.shop_shapes import (
    ShopView,
)

SHOP, CUSTOMER = "shop", "customer"
COPIES = (SHOP, CUSTOMER)
COPY_NAME = {SHOP: "Via da assistência", CUSTOMER: "Via do cliente"}
TITLE = {
    Paper.INTAKE: "ORDEM DE SERVIÇO",
    Paper.RECEIPT: "RECIBO",
    Paper.DELIVERY: "TERMO DE ENTREGA E GARANTIA",
}
GIVEN_BACK = {
    PaymentKind.REVERSAL: "RECIBO DE ESTORNO",
    PaymentKind.REFUND: "RECIBO DE DEVOLUÇÃO",
}
QR_SIDE = 57.0
LOGO = (92.0, 50.0)
"""The box that a logo is scaled into."""


def title_of(issue: IssuedPaper) -> str:
    """What stands over the number: money that goes back is never headed as money received."""
    kind = issue.payment.kind if issue.payment else None
    return GIVEN_BACK[kind] if kind in GIVEN_BACK else TITLE[issue.paper]


def head(
    issue: IssuedPaper, copy: str, *, number: int, below: str = "", logo: bytes | None
) -> list[Strip]:
    """Shop at the left, title, ``number``, copy and QR at the right; one strip and a rule."""
    title = Style(fonts.MEDIUM, 8, MUTED)
    figure = Style(fonts.SEMIBOLD, 22, spacing=1.16)
    via = Style(fonts.MEDIUM, 8.5)
    right = [(title_of(issue), title), (str(number), figure), (COPY_NAME[copy], via)]
    if below:
        right.append((below, via))
    right_width = max(style.width(text) for text, style in right)
    picture = logo if logo and readable_picture(logo) else None
    left_x = picture_size(picture, *LOGO)[0] + 12 if picture else 0.0
    left = shop_lines(issue.shop, WIDTH - QR_SIDE - 12 - right_width - 18 - left_x)
    height = max(
        QR_SIDE,
        sum(style.leading for _, style in left),
        sum(style.leading for _, style in right),
    )

    def draw(sheet: Sheet, x: float, top: float) -> None:
        if picture:
            sheet.image(picture, x, top + 1, *LOGO)
        sheet.qr(issue.qr, x + WIDTH - QR_SIDE, top, QR_SIDE)
        _stack(sheet, x + left_x, top, left)
        _stack(sheet, x + WIDTH - QR_SIDE - 12, top, right, align_right=True)

    return [Strip(height, draw), rule(weight=0.9, colour=INK, above=6, below=4)]


def shop_lines(shop: ShopView, width: float) -> list[tuple[str, Style]]:
    name = Style(fonts.SEMIBOLD, 13.5, spacing=1.2)
    small = Style(size=7.5, colour=MUTED, spacing=1.3)
    who = joined(shop.tagline, document_text(shop.document) if shop.document else None)
    where = joined(shop.address, shop.city, contact(shop))
    lines = [(line, name) for line in wrap(shop.name, name, width)] if shop.name else []
    for text in (who, where):
        if text:
            lines += [(line, small) for line in wrap(text, small, width)]
    return lines


def _stack(
    sheet: Sheet,
    x: float,
    top: float,
    lines: Sequence[tuple[str, Style]],
    *,
    align_right: bool = False,
) -> None:
    for text, style in lines:
        sheet.text(x, top + style.baseline, text, style, "right" if align_right else "left")
        top += style.leading


def head_again(issue: IssuedPaper, copy: str, *, number: int) -> list[Strip]:
    """The head of a further page: enough to know where a loose sheet belongs."""
    style = Style(fonts.MEDIUM, 8)
    right = f"{title_of(issue).capitalize()} {number} · {COPY_NAME[copy]}"
    width = style.width(right)
    strips = row(
        [
            cell(0, WIDTH - width - 12, issue.shop.name, style),
            cell(WIDTH - width, width + 0.01, right, style, "right"),
        ],
        keep=99,
    )
    return [*strips, rule(weight=0.9, colour=INK, above=3, below=6)]


def foot(issue: IssuedPaper, terms: str) -> str:
    groups = " ".join(issue.sha256[start : start + 4] for start in range(0, 16, 4))
    return joined(
        f"Documento {issue.number}",
        f"versão {issue.version}",
        f"conteúdo {groups}",
        f"emitido em {moment(issue.issued_at, issue)}",
        f"termos {terms}" if terms else None,
    )
