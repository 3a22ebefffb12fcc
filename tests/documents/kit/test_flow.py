"""Strips are dealt to pages: none is lost, groups hold together, a giant group is parted."""

from hypothesis import given
from hypothesis import strategies as st

from osdesk.documents.kit.flow import Strip, height_of, paginate


def strip(height: float, keep: bool = False) -> Strip:
    return Strip(height, lambda _sheet, _x, _top: None, keep)


@given(
    st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=60),
    st.integers(60, 200),
    st.integers(60, 200),
)
def test_pages_hold_all_strips_in_order_and_never_more_than_fits(parts, first, rest):
    strips = [strip(height, keep) for height, keep in parts]
    dealt = paginate(strips, first, rest)
    assert [each for page in dealt for each in page] == strips
    for number, page in enumerate(dealt):
        assert height_of(page) <= (rest if number else first)
        assert page or not strips


def test_what_belongs_together_moves_to_the_next_page_together():
    together = [strip(10, keep=True), strip(10)]
    dealt = paginate([strip(50), *together], 65, 65)
    assert [len(page) for page in dealt] == [1, 2]


def test_a_group_higher_than_a_page_is_parted():
    dealt = paginate([strip(30, keep=True) for _ in range(5)], 65, 65)
    assert [len(page) for page in dealt] == [2, 2, 1]


def test_no_strips_are_one_empty_page():
    assert paginate([], 10, 10) == [[]]
