"""``python -m tests.gallery OUT``: every paper in every format of a short, a usual and a monstrous
order, as PDF and as pictures of its pages, with an index to look through before a release."""

import argparse
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from tests.documents.reading import pictures
from tests.documents.samples import SIZES

from osdesk.documents.papers import render_paper
from osdesk.domain.papers.facts import PAPERS
from osdesk.paths import resource

DPI = 96
ROOT = Path(__file__).resolve().parents[2]
STYLE = "body{font-family:sans-serif;background:#777}img{margin:6px;vertical-align:top}"


def draw(out: Path, only: str) -> Iterator[tuple[str, list[str]]]:
    """Writes one paper after the other; its name and the files of its pages."""
    logo = resource("logo", "osdesk-256.png").read_bytes()
    for paper, facts in PAPERS.items():
        for form in facts.formats:
            for size, make in SIZES.items():
                name = f"{paper.value}-{form.value}-{size}"
                if only not in name:
                    continue
                pdf = render_paper(make(paper), form, logo=None if size == "typical" else logo)
                (out / f"{name}.pdf").write_bytes(pdf)
                shown = []
                for number, picture in enumerate(pictures(pdf, DPI), start=1):
                    shown.append(f"{name}-{number}.png")
                    picture.save(out / shown[-1])
                yield name, shown


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--only", default="", help="a part of the names of those to draw")
    given = parser.parse_args()
    out: Path = given.out.resolve()
    if out.is_relative_to(ROOT):
        parser.error("OUT lies in the repository: pictures of papers do not belong there")
    out.mkdir(parents=True, exist_ok=True)
    parts = []
    for name, shown in draw(out, given.only):
        images = "".join(f'<img src="{escape(file)}">' for file in shown)
        parts.append(f'<h2><a href="{escape(name)}.pdf">{escape(name)}</a></h2>{images}')
        print(f"{name}: {len(shown)}")
    page = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{''.join(parts)}"
    (out / "index.html").write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
