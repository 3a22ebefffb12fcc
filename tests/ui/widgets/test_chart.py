import pytest
from PySide6.QtCore import QPoint, Qt

from osdesk.domain.charts import Bar, column_bars
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.chart import Chart

BARS = [Bar("set", 1_000_00), Bar("out", 2_000_00), Bar("nov", 1_500_00, strong=True)]
WORDS = ["setembro: R$ 1.000,00", "outubro: R$ 2.000,00", "novembro: R$ 1.500,00"]


@pytest.fixture
def chart(qapp, qtbot):
    theme.apply(qapp, "light")
    chart = Chart("Faturado por mês")
    qtbot.addWidget(chart)
    chart.resize(400, 240)
    chart.show_drawing(
        lambda width, height, measure: column_bars(BARS, width, height, measure),
        WORDS,
        keys=["s", "o", "n"],
    )
    chart.show()
    return chart


def bar_middle(chart, index):
    zone = chart.drawing().zones[index]
    return QPoint(round(zone.x + zone.width / 2), round(zone.height / 2))


def test_a_screen_reader_gets_every_figure(chart):
    assert chart.accessibleName() == "Faturado por mês"
    assert chart.accessibleDescription() == "; ".join(WORDS)


def test_a_click_says_which_bar_was_meant(chart, qtbot):
    with qtbot.waitSignal(chart.chosen) as caught:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=bar_middle(chart, 1))
    assert caught.args == ["o"]


def test_arrows_walk_the_bars_and_enter_chooses(chart, qtbot):
    chosen = []
    chart.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Right):
        qtbot.keyClick(chart, key)
    qtbot.keyClick(chart, Qt.Key.Key_Space)
    assert chosen == ["o", "n"]


def test_a_picture_alone_is_no_stop_of_the_tab_key(chart, qtbot):
    chart.show_drawing(lambda w, h, m: column_bars(BARS, w, h, m), WORDS)
    assert chart.focusPolicy() is Qt.FocusPolicy.NoFocus
    with qtbot.assertNotEmitted(chart.chosen):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=bar_middle(chart, 0))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_have_the_colours_of_the_scheme(chart, qapp, scheme):
    theme.apply(qapp, scheme)
    picture = chart.grab().toImage()
    ratio = picture.devicePixelRatio()
    for index, token in ((1, "bar"), (2, "accent")):
        point = bar_middle(chart, index) * ratio
        place = QPoint(point.x(), round((chart.height() - 40) * ratio))
        assert picture.pixelColor(place) == theme.color(token)
    theme.apply(qapp, "light")


def test_another_size_is_drawn_anew(chart, qapp):
    before = chart.drawing()
    chart.resize(600, 300)
    assert chart.drawing().width == 600
    assert before.width == 400
