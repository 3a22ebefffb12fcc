import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def dev():
    spec = importlib.util.spec_from_file_location("osdesk_dev", ROOT / "packaging" / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def nothing_missing(dev, **changes):
    return {
        "loads": lambda _: True,
        "venv": lambda: True,
        "which": lambda _: "/x",
        "bare": lambda: False,
        **changes,
    }


def test_packaging_is_no_package():
    # with an __init__.py it would hide the library of that name from pip and pytest
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize(
    ("environ", "screen"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_a_screen_is_seen_by_its_variable(dev, environ, screen):
    assert dev.has_screen(environ) is screen


def test_places_of_the_interpreter(dev):
    env = Path("x") / ".venv"
    assert dev.environment_python(env, windows=False).parts[-2:] == ("bin", "python")
    assert dev.environment_python(env, windows=True).parts[-2:] == ("Scripts", "python.exe")


def test_a_window_needs_more_than_a_test(dev):
    display = {"DISPLAY": ":0"}
    assert set(dev.libraries("run", {})) == set(dev.OFFSCREEN)
    assert set(dev.libraries("test", display)) == set(dev.OFFSCREEN)
    assert set(dev.libraries("run", display)) == {*dev.OFFSCREEN, *dev.X11}
    assert "libwayland-client.so.0" in dev.libraries("run", {"WAYLAND_DISPLAY": "wayland-0"})


def test_a_build_packs_what_a_window_needs(dev):
    assert set(dev.libraries("build", {})) == {*dev.OFFSCREEN, *dev.X11, "libcups.so.2"}


def test_nothing_missing_asks_for_nothing(dev):
    assert dev.missing("run", {"DISPLAY": ":0"}, **nothing_missing(dev)) == {}


def test_all_that_is_missing_is_named_at_once(dev):
    lacks = dev.missing(
        "build",
        {},
        loads=lambda name: "libGL." in name,
        venv=lambda: False,
        which=lambda _: None,
        bare=lambda: True,
    )
    packages = list(lacks.values())
    assert packages[0] == f"python3.{sys.version_info.minor}-venv"
    assert packages[-2:] == ["binutils", f"libpython3.{sys.version_info.minor}"]
    assert "libegl1" in packages
    assert "libcups2" in packages
    assert "libgl1" not in packages
    assert len(packages) == len(dev.libraries("build", {})) - 1 + 3


def test_a_python_without_its_library_is_noticed(dev, monkeypatch, tmp_path):
    told = {"INSTSONAME": "libpython3.99.so.1.0", "LIBDIR": str(tmp_path)}
    monkeypatch.setattr(dev.sysconfig, "get_config_var", told.get)
    assert dev.lacks_own_library()
    (tmp_path / "libpython3.99.so.1.0").touch()
    assert not dev.lacks_own_library()
    told.update(INSTSONAME="python311.dll", LIBDIR=None)
    assert not dev.lacks_own_library()


def test_the_windows_made_up_on_linux_names_its_programs(dev):
    lacks = dev.missing("windows", {}, **nothing_missing(dev, which=lambda _: None))
    assert set(lacks.values()) == set(dev.WINDOWS_MADE_UP.values())


def test_the_windows_made_up_is_for_linux_alone(dev, monkeypatch):
    monkeypatch.setattr(dev, "LINUX", False)
    monkeypatch.setattr(dev, "prepare", lambda: pytest.fail("went on"))
    with pytest.raises(SystemExit, match="só existe no Linux"):
        dev.main(["windows"])


def test_one_line_to_type_on_debian(dev):
    text = dev.system_sentence({"ensurepip": "python3.11-venv", "libEGL.so.1": "libegl1"}, apt=True)
    assert text.splitlines()[-1] == "  sudo apt update && sudo apt install python3.11-venv libegl1"
    assert len(text.splitlines()) == 2


def test_other_systems_are_told_the_libraries(dev):
    text = dev.system_sentence({"libEGL.so.1": "libegl1"}, apt=False)
    assert "libEGL.so.1" in text
    assert "apt" not in text


def test_a_user_without_rights_gets_the_line_and_nothing_is_run(dev, monkeypatch):
    monkeypatch.setattr(dev, "missing", lambda task, environ: {"libEGL.so.1": "libegl1"})
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev, "must", lambda *a: pytest.fail("ran something"))
    with pytest.raises(SystemExit) as stop:
        dev.complete_system("run")
    assert str(stop.value).endswith("sudo apt update && sudo apt install libegl1")


def test_root_installs_what_is_missing(dev, monkeypatch):
    ran = []
    monkeypatch.setattr(dev, "missing", lambda task, environ: {"libEGL.so.1": "libegl1"})
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(
        dev, "must", lambda command, env, out=None: ran.append((command[1], command[-1]))
    )
    dev.complete_system("run")
    assert [step for step, _ in ran] == ["update", "install"]
    assert ran[1][1] == "libegl1"


def test_run_without_words_and_without_a_screen_is_the_tour(dev):
    assert dev.words("run", [], screen=False)[:3] == ["-m", "osdesk", "tour"]
    out = Path(dev.words("run", [], screen=False)[-1])
    assert out.is_relative_to(dev.ENV)
    assert dev.words("run", [], screen=True) == ["-m", "osdesk"]
    assert dev.words("run", ["search", "maria"], screen=False) == [
        "-m",
        "osdesk",
        "search",
        "maria",
    ]


def test_the_whole_suite_runs_on_every_core_and_words_of_a_test_run_are_passed_on(dev):
    assert dev.words("test", [], screen=False) == ["-m", "pytest", *dev.EVERY_CORE]
    words = dev.words("test", ["tests/domain", "-q"], screen=False)
    assert words == ["-m", "pytest", "tests/domain", "-q"]


def test_tests_draw_off_screen_everywhere_and_the_program_only_where_it_must(dev):
    def platform(*args):
        return dev.qt_environment(*args).get("QT_QPA_PLATFORM")

    assert platform("run", {}, True) == "offscreen"
    assert platform("run", {"DISPLAY": ":0"}, True) is None
    assert platform("test", {"DISPLAY": ":0"}, True) == "offscreen"
    assert platform("test", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, True) == "xcb"
    assert platform("run", {}, False) is None
    assert platform("test", {}, False) == "offscreen"


def test_tests_put_their_files_into_memory_where_there_is_enough(dev, tmp_path):
    assert dev.fast_temporary_files(tmp_path, 1) == {"PYTEST_DEBUG_TEMPROOT": str(tmp_path)}
    assert dev.fast_temporary_files(tmp_path, 2**60) == {}
    assert dev.fast_temporary_files(tmp_path / "none", 1) == {}


def test_the_stamp_changes_with_each_of_its_parts(dev):
    base = (b"lock", b"project", "3.11", "/a")
    others = [
        (b"lock2", b"project", "3.11", "/a"),
        (b"lock", b"project2", "3.11", "/a"),
        (b"lock", b"project", "3.12", "/a"),
        (b"lock", b"project", "3.11", "/b"),
        (b"lockproject", b"", "3.11", "/a"),
    ]
    assert len({dev.stamp(*parts) for parts in [base, *others]}) == 6
    assert dev.stamp(*base) == dev.stamp(*base)


def test_an_update_of_the_same_python_keeps_the_environment(dev, tmp_path, monkeypatch):
    steps = []
    monkeypatch.setattr(dev, "ENV", tmp_path)
    monkeypatch.setattr(dev, "must", lambda command: steps.append(command))
    python = dev.environment_python(tmp_path, dev.WINDOWS)
    python.parent.mkdir()
    python.touch()
    assert dev.prepare() == python
    assert len(steps) == 3
    monkeypatch.setattr(dev.sys, "version", sys.version.replace("(", "(a later build, "))
    assert dev.prepare() == python
    assert len(steps) == 3
    monkeypatch.setattr(dev.sysconfig, "get_platform", lambda: "another-machine")
    dev.prepare()
    assert len(steps) == 6


def test_an_environment_of_another_series_is_made_anew(dev, tmp_path):
    config = tmp_path / "pyvenv.cfg"
    assert not dev.same_series(config)
    series = "{}.{}".format(*sys.version_info[:2])
    config.write_text(f"home = /usr/bin\nversion = {series}.9\n", "utf-8")
    assert dev.same_series(config)
    config.write_text(f"version_info = {series}.9.final.0\n", "utf-8")
    assert dev.same_series(config)
    config.write_text("version = 3.1.4\n", "utf-8")
    assert not dev.same_series(config)


def test_unknown_words_end_with_two_and_the_usage(dev, capsys):
    assert dev.main(["dance"]) == 2
    assert dev.main([]) == 2
    assert dev.main(["--help"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("python3 packaging/dev.py run") == 3


def test_an_old_python_is_told_which_one_is_needed(dev, monkeypatch):
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit, match=r"3\.11 a 3\.15; este é o 3\.9"):
        dev.main(["run"])


def test_a_step_that_fails_ends_in_a_sentence(dev):
    with pytest.raises(SystemExit, match="Confira a internet"):
        dev.must([sys.executable, "-c", "raise SystemExit(3)"])


def test_the_chatter_of_the_set_up_leaves_stdout_alone(dev, capfd):
    dev.must([sys.executable, "-c", "print('chatter')"])
    printed = capfd.readouterr()
    assert printed.out == ""


def test_the_lock_names_no_host_and_no_place_and_pins_by_hash(dev):
    text = dev.LOCK.read_text("utf-8")
    pins = [line for line in text.splitlines() if line[:1].isalpha()]
    assert len(pins) > 40
    assert all("==" in pin for pin in pins)
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text
    assert "file:" not in text
    assert "--index" not in text
    assert any(pin.startswith("colorama==") and "win32" in pin for pin in pins)
