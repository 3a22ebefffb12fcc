import pytest

from osdesk.services.shop.synonyms import synonyms
from osdesk.ui.settings.lists import synonyms_section


@pytest.fixture
def section(desk, qtbot):
    section = synonyms_section(desk)
    qtbot.addWidget(section)
    section.show()
    return section


def test_words_that_mean_the_same_are_added_and_changed(section, desk):
    before = [each.words for each in desk.read(synonyms)]
    assert [row.name.text() for row in section._rows[:-1]] == before
    new = section._rows[-1]
    new.name.setText("fogão")
    assert not section.save()
    assert "duas palavras" in new._wrong.text()
    new.name.setText("fogão, cooktop")
    assert section.save()
    section._rows[0].active.click()
    assert section.save()
    after = desk.read(synonyms)
    assert [each.words for each in after] == [*before, "fogão, cooktop"]
    assert [each.active for each in after].count(False) == 1
