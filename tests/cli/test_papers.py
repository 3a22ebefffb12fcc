"""``print`` and ``verify``: what is on paper is frozen, and the record is held to it."""

import pytest
import zxingcpp
from tests.cli.conftest import LINES, quoted_order, refused
from tests.documents.reading import copies, pictures, shows

from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.papers.facts import PAPERS
from osdesk.texts import FORMAT

APPROVED = {"approved_by": "Maria", "approved_via": "counter"}


@pytest.fixture
def paper(osdesk, tmp_path):
    """Print one paper into ``<name>.pdf``."""

    def issue(number, paper, *more, name="papel", form="a4-half"):
        out = tmp_path / f"{name}.pdf"
        answer = osdesk("print", number, "--paper", paper, "--format", form, "--out", out, *more)
        return answer, out

    return issue


@pytest.fixture
def done(add, pay, move):
    number = add(quoted_order(customer__document="529.982.247-25"))
    pay(number, "150,00")
    move(number, "approved", **APPROVED)
    move(number, "in_progress")
    move(number, "ready", report="Placa trocada.")
    move(number, "delivered", collected_by="João Conceição")
    return number


@pytest.fixture
def waiting(add, move):
    """An order that is ready and not collected."""
    number = add(quoted_order())
    move(number, "approved", **APPROVED)
    move(number, "in_progress")
    move(number, "ready", report="Placa trocada.")
    return number


@pytest.fixture
def hopeless(add, move):
    number = add(quoted_order())
    move(number, "in_diagnosis")
    move(number, "unrepairable", report="Placa sem reposição.")
    return number


AT = {Paper.NOTICE: "waiting", Paper.UNSERVICED: "hopeless", Paper.QUOTE: "hopeless"}


@pytest.mark.parametrize("kind", [kind for kind in Paper if kind is not Paper.LABEL])
def test_every_paper_is_printed_in_each_format_and_verified(osdesk, paper, request, kind):
    number = request.getfixturevalue(AT.get(kind, "done"))
    for form in PAPERS[kind].formats:
        answer, out = paper(number, kind, form=form, name=form)
        assert (answer.code, answer.out, answer.err) == (0, f"{out}\n", "")
        verified = osdesk("verify", out)
        assert verified.code == 0
        which = f"{number} (OS {number})" if kind is Paper.RECEIPT else number
        assert f"nº {which}, versão 1, de 24/11/2026: o registro é igual" in verified.out
        assert verified.err == ""


@pytest.mark.parametrize("form", PAPERS[Paper.LABEL].formats)
def test_a_label_carries_the_number_as_a_code(paper, done, form):
    answer, out = paper(done, "label", form=form)
    assert (answer.code, answer.err) == (0, "")
    (picture,) = pictures(out.read_bytes(), 203)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [str(done)]


@pytest.mark.parametrize("kind", Paper)
def test_a_format_that_a_paper_does_not_have_is_refused(paper, add, kind):
    number = add(quoted_order())
    for form in set(PaperFormat) - set(PAPERS[kind].formats):
        answer, out = paper(number, kind, form=form)
        refused(answer, FORMAT[form])
        assert not out.exists()


def test_papers_that_are_not_there_yet(add, paper):
    number = add(quoted_order())
    for kind in ("delivery", "receipt"):
        answer, out = paper(number, kind)
        refused(answer)
        assert not out.exists()
    for form in ("label-62x29", "label-50x30"):
        refused(paper(number, "intake", form=form)[0], "Etiqueta de", "A4")
    refused(paper(77, "intake")[0], "OS 77")


def test_a_place_that_cannot_be_written_freezes_nothing(osdesk, add, show, tmp_path):
    number = add(quoted_order())
    before = show(number)
    (tmp_path / "arquivo").touch()
    for out in (tmp_path / "arquivo" / "x.pdf", tmp_path):
        words = ("--paper", "intake", "--format", "a4", "--out", out)
        refused(osdesk("print", number, *words), "gravar")
    assert show(number) == before
    deep = tmp_path / "novas" / "pastas" / "x.pdf"
    assert osdesk("print", number, "--paper", "intake", "--format", "a4", "--out", deep).code == 0
    assert deep.read_bytes().startswith(b"%PDF")


# what the intake's paper promises, and what it does not
COVERED = [
    ({"customer": {"name": "Outra"}}, None),
    ({"customer": {"address": "Rua B"}}, None),
    ({"equipment": {"condition": "sem riscos"}}, "equipamento"),
    ({"reason": "Outro motivo"}, "motivo"),
    ({"service_type": "Limpeza"}, "tipo de serviço"),
    ({"promised_on": "2026-11-30"}, "data prometida"),
    ({"items": LINES[:1]}, "serviços e materiais"),
    ({"discount": "5.00"}, "desconto"),
    ({"fee": "5.00"}, "taxa combinada"),
]


@pytest.mark.parametrize(("change", "word"), COVERED)
def test_a_change_of_what_was_signed_is_told(osdesk, add, edit, paper, change, word):
    number = add(quoted_order())
    _, first = paper(number, "intake", name="um")
    edit(number, **change)
    verified = osdesk("verify", first)
    assert verified.code == 1
    assert "versão 1" in verified.out
    card = "o cadastro do cliente mudou depois da emissão"
    assert (f"o registro mudou depois ({word})" if word else card) in verified.out
    _, second = paper(number, "intake", name="dois")
    assert osdesk("verify", second).out.count("versão 2") == 1
    assert osdesk("verify", second).code == 0
    assert osdesk("verify", first).code == 1


def test_status_payments_technician_and_notes_are_not_covered(osdesk, add, edit, pay, move, paper):
    number = add(quoted_order())
    _, first = paper(number, "intake", name="um")
    edit(number, technician="Rui", notes="nota", customer={"notes": "nota"}, slot="A1")
    pay(number, "10,00")
    move(number, "awaiting_approval")
    assert osdesk("verify", first).code == 0
    _, again = paper(number, "intake", name="dois")
    assert again.read_bytes() == first.read_bytes(), "an unchanged version is the same sheet"


def test_a_reopened_delivery_no_longer_stands(osdesk, done, paper):
    _, out = paper(done, "delivery")
    osdesk("order", "reopen", done, "--reason", "engano")
    verified = osdesk("verify", out)
    assert verified.code == 1
    assert "data de entrega" in verified.out


def test_a_receipt_for_each_payment(osdesk, add, pay, paper):
    number = add(quoted_order())
    pay(number, "20,00")
    pay(number, "30,00")
    _, newest = paper(number, "receipt", name="novo")
    _, first = paper(number, "receipt", "--payment", 1, name="primeiro")
    for path, amount in ((newest, "R$ 30,00"), (first, "R$ 20,00")):
        assert all(shows(copy, amount) for copy in copies(path.read_bytes()).values())
        assert osdesk("verify", path).code == 0
    refused(paper(number, "receipt", "--payment", 9)[0], "pagamento 9")
    osdesk("order", "reverse", number, 2, "--reason", "engano")
    assert osdesk("verify", newest).code == 0, "the money did come in"


def test_verify_tells_papers_of_others_apart(osdesk, add, paper, tmp_path):
    add(quoted_order())
    _, out = paper(1, "intake")
    other = tmp_path / "outra loja"
    osdesk("order", "add", "-", "--data", other, given=quoted_order())
    verified = osdesk("verify", out, "--data", other)
    assert (verified.code, verified.err) == (1, "")
    assert "não foi emitido por esta loja" in verified.out


def test_verify_what_is_no_paper(osdesk, tmp_path):
    text = tmp_path / "x.pdf"
    text.write_text("nada")
    for path in (text, tmp_path, tmp_path / "nada.png"):
        answer = osdesk("verify", path)
        assert (answer.code, answer.err) == (1, "")
        assert answer.out.strip().endswith(".")
