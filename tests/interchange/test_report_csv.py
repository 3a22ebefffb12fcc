"""The month's orders as CSV."""

import csv
import io
import zipfile
from dataclasses import replace

from tests.report_builders import empty_report, make_order, make_report

from osdesk.domain.orders.status import Status
from osdesk.domain.views.figures import MonthReport
from osdesk.interchange.report_csv import csv_bytes, csv_zip_bytes


def rows_of(report: MonthReport) -> list[list[str]]:
    text = csv_bytes(report).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_bytes_are_as_a_brazilian_spreadsheet_wants_them():
    data = csv_bytes(make_report(3))
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert len(lines) == 5
    assert lines[-1] == ""
    assert lines[0].startswith('"OS";"Cliente";"Equipamento"')
    assert lines[1] == (
        '"10001";"Maria das Dores Conceição 0";"Lavadora Brastemp BWK12ABANA";"Edson Ramos";'
        '"01/11/2026";"01/11/2026";"01/11/2026";"Entregue";"123,45";"0,00";"";"";"0";'
        '"103,45";"25,00";"5,00";"0,00";"0,00";"123,45";"9,00";"0,00";"114,45";"0,00";"14350,00"'
    )


def test_numbers_have_a_decimal_comma_and_no_points():
    orders = (
        make_order(0, total=123_456_789, balance=-1_050),
        make_order(1, technician=None, ready_on=None, status=Status.AWAITING_PART),
    )
    rows = rows_of(replace(make_report(0), orders=orders))
    assert rows[1][8:10] == ["1234567,89", "-10,50"]
    assert rows[2][3] == ""
    assert rows[2][5] == ""
    assert rows[2][7] == "Aguardando peça"


def test_texts_cannot_become_formulas_and_keep_their_lines():
    orders = (
        make_order(0, customer="=HYPERLINK(1)", equipment='TV; 42" grande\r\n2 peças'),
        make_order(1, customer=" +55 11", technician="\x00@x"),
    )
    rows = rows_of(replace(make_report(0), orders=orders))
    assert rows[1][1:3] == ["'=HYPERLINK(1)", 'TV; 42" grande\n2 peças']
    assert rows[2][1] == "' +55 11"
    assert rows[2][3] == "'@x"


def test_an_empty_month_has_a_head_only():
    (head,) = rows_of(empty_report())
    assert head[:2] == ["OS", "Cliente"]


def test_every_order_is_there_once():
    rows = rows_of(make_report(120))
    assert [row[0] for row in rows[1:]] == [str(10_001 + n) for n in range(120)]
    assert csv_bytes(make_report(120)) == csv_bytes(make_report(120))


def test_all_tables_come_as_files_of_their_own():
    data = csv_zip_bytes(make_report(12))
    assert data == csv_zip_bytes(make_report(12))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        paid = archive.read("pagamentos.csv").decode("utf-8-sig").split("\r\n")
        summary = archive.read("resumo.csv").decode("utf-8-sig")
        assert archive.read("ordens.csv") == csv_bytes(make_report(12))
    assert {"por-tecnico.csv", "saldos.csv", "ordens-faturadas.csv"} <= set(names)
    assert paid[0] == '"Data";"OS";"Recibo";"O que é";"Meio";"Valor (R$)"'
    assert paid[3] == '"09/11/2026";"10002";"703";"Devolução";"Dinheiro";"-150,00"'
    assert '"Faturado";"por data de entrega";"19320,00";"21000,00";"-0,0800"' in summary
    assert '"Atraso médio";' in summary
    assert '"2,3"' in summary
