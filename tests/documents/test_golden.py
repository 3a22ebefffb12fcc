"""Each paper in each format is what it was when somebody last looked at it."""

import pytest
from PIL import Image, ImageDraw
from tests.golden import FOLDER, difference, drawn, name_of, papers, picture_of, text_of

from osdesk.domain.codes import Paper, PaperFormat

RENEW = "If this change is meant, look at it after: python -m tests.golden"
PAPERS = [pytest.param(*each, id=name_of(*each)) for each in papers()]


@pytest.mark.parametrize(("paper", "form"), PAPERS)
def test_a_paper_is_as_it_was(paper, form):
    pdf = drawn(paper, form)
    assert drawn(paper, form) == pdf, "the same input, the same bytes"
    name = name_of(paper, form)
    assert text_of(pdf) == (FOLDER / f"{name}.txt").read_text("utf-8"), RENEW
    with Image.open(FOLDER / f"{name}.png") as before:
        assert difference(before, picture_of(pdf)) == "", RENEW


def test_there_is_a_reference_for_each_and_no_other():
    expected = {f"{name_of(*each)}{end}" for each in papers() for end in (".txt", ".png")}
    assert {file.name for file in FOLDER.iterdir()} == expected


def test_a_line_more_or_less_is_seen():
    image = picture_of(drawn(Paper.INTAKE, PaperFormat.A4_HALF))
    other = image.copy()
    ImageDraw.Draw(other).rectangle((20, 200, 120, 206), fill=0)
    assert difference(image, other)
    assert not difference(image, image.copy())
    assert difference(image, image.crop((0, 0, 50, 50)))
    lighter = image.point(lambda grey: min(grey + 6, 255))
    assert not difference(image, lighter), "another smoothing of letters"
