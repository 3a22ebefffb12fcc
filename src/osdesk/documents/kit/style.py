"""The styles of a paper's texts, and its width, for what it is printed on.

A paper's content is written once, in terms of these styles, and comes out on A4 sheets and on the
rolls of counter printers: there narrower letters, and nothing below 8 points. Texts and rules are
black everywhere: heat prints grey as dots, and a black and white laser breaks small grey up.
"""

from dataclasses import dataclass

from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import A4, Style
from osdesk.domain.codes import PaperFormat

MARGIN = 34.0
"""Left and right of an A4, 12 mm."""
WIDTH = A4[0] - 2 * MARGIN
MM = 72 / 25.4

ROLLS: dict[PaperFormat, tuple[float, float]] = {
    PaperFormat.ROLL_80: (80 * MM, 72 * MM),
    PaperFormat.ROLL_58: (58 * MM, 48 * MM),
}
"""Width of the paper and what of it the printer reaches."""

_CONDENSED = {
    fonts.REGULAR: fonts.CONDENSED,
    fonts.MEDIUM: fonts.CONDENSED_MEDIUM,
    fonts.SEMIBOLD: fonts.CONDENSED_SEMIBOLD,
}


SMALLEST = 7.0
"""On a sheet, whatever the scale."""
ROLL_SMALLEST = 8.0


@dataclass(frozen=True, slots=True)
class PaperStyles:
    """The styles of one scale and one width."""

    scale: float = 1.0
    width: float = WIDTH
    """Points from the left end of a line to its right end."""
    roll: bool = False

    def style(self, size: float, font: str = fonts.REGULAR, *, spacing: float = 1.28) -> Style:
        """A style of ``size`` on an A4 in its usual scale; on a roll the same size."""
        if self.roll:
            return Style(_CONDENSED[font], max(size, ROLL_SMALLEST), spacing=spacing)
        return Style(font, max(size * self.scale, SMALLEST), spacing=spacing)

    @property
    def label(self) -> Style:
        return self.style(SMALLEST)

    @property
    def value(self) -> Style:
        return self.style(9.5 if self.roll else 8.5, fonts.MEDIUM)

    @property
    def text(self) -> Style:
        return self.style(9.5 if self.roll else 8.5)

    @property
    def strong(self) -> Style:
        return self.style(9.5 if self.roll else 8.5, fonts.SEMIBOLD)

    @property
    def note(self) -> Style:
        return self.style(8.5 if self.roll else 7.5)

    @property
    def figure(self) -> Style:
        return self.style(12 if self.roll else 11, fonts.SEMIBOLD)

    @property
    def field(self) -> tuple[Style, Style]:
        return self.label, self.value

    @property
    def reading(self) -> tuple[Style, Style]:
        """A label over running text."""
        return self.label, self.text
