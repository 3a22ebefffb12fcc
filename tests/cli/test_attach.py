"""``attach``: what a script sees when signed sheets come back."""

import shutil

import pytest
from tests.cli.conftest import plain_order, refused
from tests.scans.scanner import as_jpeg, as_pdf, pages_of, scanned, way_of


@pytest.fixture
def sheet(osdesk, tmp_path):
    """Print one paper of an order; its pages as they come back from a scanner."""

    def printed(number, paper="intake"):
        out = tmp_path / "printed" / f"{number}-{paper}.pdf"
        answer = osdesk("print", number, "--paper", paper, "--format", "a4-half", "--out", out)
        assert answer.code == 0, answer.err
        way = way_of(number, phones=0)
        return [scanned(page, way, number) for page in pages_of(out.read_bytes())]

    return printed


@pytest.fixture
def scans(tmp_path):
    folder = tmp_path / "scans"
    folder.mkdir()
    return folder


def test_a_signed_sheet_makes_its_order_signed(osdesk, add, show, edit, sheet, scans):
    number = add()
    (scans / "via.jpg").write_bytes(as_jpeg(sheet(number)[0], 60))
    assert show(number)["signed"] is False
    answer = osdesk("attach", scans / "via.jpg")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == (
        f"via.jpg: OS {number} · Ordem de serviço, versão 1: via assinada arquivada.\n"
    )
    assert show(number)["signed"] is True
    (row,) = osdesk("list").lines
    assert row["signed"] is True
    events = show(number)["events"]
    assert [event["code"] for event in events][-1] == "signed"

    again = osdesk("attach", scans / "via.jpg")
    assert (again.code, again.out) == (
        0,
        f"via.jpg: OS {number} · Ordem de serviço, versão 1: já estava arquivada.\n",
    )
    assert show(number)["events"] == events
    assert osdesk("check").code == 0

    edit(number, reason="Outro motivo")
    sheet(number)
    assert show(number)["signed"] is False, "a newer version waits"
    late = osdesk("attach", scans / "via.jpg")
    assert "a versão 2, mais nova, ainda espera assinatura" in late.out


def test_several_orders_in_one_pdf_each_get_their_own(osdesk, add, show, sheet, scans):
    """Takes seconds: six scanned pages, of which the backs are searched on for a code."""
    numbers = [add(plain_order(customer__name=name)) for name in ("Ana", "Rui", "Eva")]
    pages = [page for number in numbers for page in sheet(number)[:2]]
    (scans / "lote.pdf").write_bytes(as_pdf(pages, 60))
    answer = osdesk("attach", scans)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        f"lote.pdf, páginas {at} e {at + 1}: OS {number} · Ordem de serviço, versão 1: "
        "via assinada arquivada."
        for number, at in zip(numbers, (1, 3, 5), strict=True)
    ]
    assert all(show(number)["signed"] for number in numbers)


def test_what_cannot_be_read_is_told_and_the_rest_is_filed(osdesk, add, show, sheet, scans):
    number = add()
    (scans / "b.jpg").write_bytes(as_jpeg(sheet(number)[0], 60))
    (scans / "a.jpg").write_bytes(as_jpeg(sheet(number)[1], 60))
    (scans / "c.gif").write_bytes(b"GIF89a")
    (scans / "Thumbs.db").write_bytes(b"of the system")
    answer = osdesk("attach", scans, scans / "falta.pdf")
    assert answer.code == 1
    assert answer.out.startswith("b.jpg: OS ")
    lines = answer.err.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["a.jpg", "c.gif", "falta.pdf"]
    assert "código" in lines[0]
    assert "GIF" in lines[1]
    assert show(number)["signed"] is True


def test_a_receipt_and_a_paper_of_another_shop_are_no_signed_sheets(
    osdesk, add, pay, show, sheet, scans, tmp_path
):
    number = add()
    pay(number, "20,00")
    (scans / "recibo.jpg").write_bytes(as_jpeg(sheet(number, "receipt")[0], 60))
    answer = osdesk("attach", scans / "recibo.jpg")
    assert (answer.code, answer.out) == (1, "")
    assert "Recibo" in answer.err
    (scans / "via.jpg").write_bytes(as_jpeg(sheet(number)[0], 60))
    other = tmp_path / "outra"
    osdesk("order", "add", "-", "--data", other, given=plain_order())
    answer = osdesk("attach", scans / "via.jpg", "--data", other)
    assert (answer.code, answer.out) == (1, "")
    assert "desta loja" in answer.err
    assert not (other / "files").exists() or not list((other / "files").iterdir())
    assert show(number)["signed"] is False


def test_where_there_is_nothing_to_file(osdesk, scans, tmp_path):
    refused(osdesk("attach", scans), str(scans))
    shutil.rmtree(scans)
    refused(osdesk("attach", tmp_path / "nada.pdf"), "nada.pdf")
    refused(osdesk("attach", tmp_path / "x.pdf", "--data", tmp_path / "sem loja"), "loja")


def test_a_format_printed_later_comes_back_with_its_terms(osdesk, add, show, scans):
    number = add()
    words = ("print", number, "--paper", "intake", "--format")
    assert osdesk(*words, "80mm", "--out", scans / "bobina.pdf").code == 0
    assert osdesk(*words, "a4-half", "--out", scans / "folha.pdf").code == 0
    answer = osdesk("attach", scans / "folha.pdf")
    assert (answer.code, answer.err) == (0, "")
    assert show(number)["signed"] is True


@pytest.mark.parametrize("loss", ["gone", "damaged"])
def test_a_sheet_whose_printed_file_was_lost_is_filed_all_the_same(
    osdesk, add, show, sheet, scans, shop_folder, loss
):
    number = add()
    (scans / "via.pdf").write_bytes(as_pdf(sheet(number)[:2], 60))
    (kept,) = (shop_folder / "papers").iterdir()
    if loss == "gone":
        kept.unlink()
    else:
        kept.write_bytes(b"%PDF-1.4 damaged")
    answer = osdesk("attach", scans / "via.pdf")
    assert (answer.code, answer.err) == (0, "")
    assert "páginas 1 e 2" in answer.out
    assert show(number)["signed"] is True
