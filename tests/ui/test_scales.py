"""The pages on a screen that enlarges everything, as Windows does by 125 % and 150 %."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("factor", ["1.25", "1.5"])
def test_nothing_is_cut_where_everything_is_enlarged(factor, tmp_path):
    """Takes seconds: Qt enlarges from the start of a process on, so the tests of the pages run in
    one of their own."""
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    words += ["tests/ui/test_pages_fit.py", "-k", "cut and 1024", "--basetemp", str(tmp_path / "t")]
    own = {key: value for key, value in os.environ.items() if "XDIST" not in key}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**own, "QT_SCALE_FACTOR": factor},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
