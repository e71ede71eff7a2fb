"""Another's `index.py` or `prompts.py` beside the caller is named, instead of an error that helps nobody."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def python(folder, *arguments):
    """Run Python in a folder, as a user would who has the program installed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONSAFEPATH", None)
    return subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("file", ["index.py", "prompts.py", "index/__init__.py", "prompts/__init__.py"])
def test_the_file_that_hides_a_package_is_named_and_not_run(tmp_path, file):
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("print('run')")
    name = file.partition("/")[0].removesuffix(".py")
    sentence = (
        f"{tmp_path / file} hides the package {name!r} of On the Record; rename it, or run Python from another folder"
    )
    imported = python(tmp_path, "-c", "import assistant")
    assert imported.returncode == 1
    assert imported.stderr.splitlines()[-1] == f"ImportError: {sentence}"
    command = python(tmp_path, "-m", "assistant", "--help")
    assert (command.returncode, command.stderr) == (1, f"ontherecord: {sentence}\n")
    assert imported.stdout == command.stdout == ""


def test_a_script_of_that_name_is_told_so(tmp_path):
    (tmp_path / "index.py").write_text("print('run')\nfrom assistant import Assistant")
    script = python(tmp_path, "index.py")
    assert script.stdout == "run\n"  # once, and not again as our package
    assert f"{tmp_path / 'index.py'} hides the package 'index'" in script.stderr.splitlines()[-1]


def test_other_files_hide_nothing(tmp_path):
    for name in ("indexes.py", "prompt.py"):
        (tmp_path / name).write_text("raise SystemExit(7)")
    assert python(tmp_path, "-c", "import assistant, index, prompts").returncode == 0
