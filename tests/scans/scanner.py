"""A scanner and a telephone, played: what becomes of a printed sheet before it comes back.

Everything follows from a seed: the same sheet with the same seed is the same picture.
"""

import random
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

DPI = 150
TABLE = 96
"""Grey of the table under a photographed sheet."""


@dataclass(frozen=True)
class Way:
    """How a sheet lay and by what it was taken."""

    phone: bool
    turn: int
    """Quarters of a circle."""
    skew: float
    """Degrees."""
    noise: float
    blur: float
    quality: int


def way_of(seed: int, *, phones: float = 0.2) -> Way:
    """One of the ways sheets come back; ``phones``: the share of photos."""
    chance = random.Random(seed)
    return Way(
        phone=chance.random() < phones,
        turn=chance.choice((0, 0, 0, 1, 2, 3)),
        skew=chance.uniform(-3, 3),
        noise=chance.uniform(4, 22),
        blur=chance.uniform(0, 0.7),
        quality=chance.randint(50, 75),
    )


def pages_of(pdf: bytes, dpi: int = DPI) -> list[Image.Image]:
    """The pages as printed, grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().copy() for page in document]
    finally:
        document.close()


def scanned(page: Image.Image, way: Way, seed: int) -> Image.Image:
    """A page as it comes back, grey."""
    chance = random.Random(seed)
    sheet = page.convert("L")
    # Ink is not black and paper is not white.
    sheet = sheet.point(lambda value: 28 + value * (238 - 28) // 255)
    if way.phone:
        sheet = _photographed(sheet, chance)
    else:
        sheet = sheet.rotate(way.skew, Image.Resampling.BICUBIC, expand=True, fillcolor=245)
    sheet = sheet.rotate(90 * way.turn, expand=True)
    if way.blur:
        sheet = sheet.filter(ImageFilter.GaussianBlur(way.blur))
    return _noisy(sheet, way.noise, chance)


def _photographed(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """A sheet on a table, looked at from a hand's height, with light from one side."""
    width, height = sheet.size
    room = (width * 5 // 4, height * 5 // 4)
    left, top = (room[0] - width) // 2, (room[1] - height) // 2

    def near(x: int, y: int) -> tuple[float, float]:
        return (
            x + chance.uniform(-0.05, 0.05) * width,
            y + chance.uniform(-0.05, 0.05) * height,
        )

    corners = [
        near(left, top),
        near(left + width, top),
        near(left + width, top + height),
        near(left, top + height),
    ]
    flat = [(0, 0), (width, 0), (width, height), (0, height)]
    how = _perspective(corners, flat)
    shape = Image.new("L", sheet.size, 255).transform(
        room, Image.Transform.PERSPECTIVE, how, fillcolor=0
    )
    seen = sheet.transform(
        room, Image.Transform.PERSPECTIVE, how, Image.Resampling.BICUBIC, fillcolor=TABLE
    )
    picture = Image.composite(seen, Image.new("L", room, TABLE), shape)
    light = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(room)
    return ImageChops.multiply(picture, light.point(lambda value: 140 + value * 115 // 255))


def _perspective(seen: list[tuple[float, float]], flat: list[tuple[int, int]]) -> tuple[float, ...]:
    """The eight numbers by which Pillow finds for a seen point the one of the flat sheet."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for pivot in range(8):
        best = max(range(pivot, 8), key=lambda row: abs(rows[row][pivot]))
        rows[pivot], rows[best] = rows[best], rows[pivot]
        rows[pivot] = [value / rows[pivot][pivot] for value in rows[pivot]]
        for row in range(8):
            if row != pivot:
                factor = rows[row][pivot]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[pivot], strict=True)]
    return tuple(row[8] for row in rows)


def _noisy(sheet: Image.Image, sigma: float, chance: random.Random) -> Image.Image:
    """With the grain of a sensor: one of a few grains made once, laid at a place of its own."""
    grain = _grain(sigma, chance.randrange(4))
    whole = Image.new("L", sheet.size)
    for x in range(-chance.randrange(grain.width), sheet.width, grain.width):
        for y in range(-chance.randrange(grain.height), sheet.height, grain.height):
            whole.paste(grain, (x, y))
    return ImageChops.add(sheet, whole, 1, -128)


_grains: dict[tuple[int, int], Image.Image] = {}


def _grain(sigma: float, which: int) -> Image.Image:
    key = (round(sigma), which)
    if key not in _grains:
        grain = random.Random(f"{key}")
        size = 256
        _grains[key] = Image.frombytes(
            "L",
            (size, size),
            bytes(min(255, max(0, round(grain.gauss(128, key[0])))) for _ in range(size * size)),
        )
    return _grains[key]


def as_jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, dpi=(DPI, DPI))
    return out.getvalue()


def as_pdf(pictures: list[Image.Image], quality: int) -> bytes:
    """Pages as a scanner with a feeder gives them: one PDF of pictures."""
    out = BytesIO()
    pictures[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=pictures[1:],
        resolution=DPI,
        quality=quality,
    )
    return out.getvalue()
