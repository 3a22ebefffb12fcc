from tests.conftest import NOW
from tests.documents.reading import pages

from osdesk.jobs.backup_password import make_sheet


def test_the_sheet_says_the_password_and_how_to_open_a_backup(store):
    word, pdf = make_sheet(store, None, now=NOW)
    (page,) = pages(pdf)
    read = " ".join(line.text for line in page)
    assert word in read
    for words in ("7-Zip", "Restaurar de um backup", "Impressa em 24/11/2026"):
        assert words in read
    again, _ = make_sheet(store, word, now=NOW)
    assert again == word
    assert store.backup_lock.password is None, "nothing is in force yet"
