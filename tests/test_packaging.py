"""What is built holds all that the program needs, and runs where there is no checkout."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("prompts", "index", "assistant")
DATA = sorted(
    path.relative_to(ROOT).as_posix()
    for package in PACKAGES
    for path in (ROOT / package).rglob("*")
    if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts
)


def test_no_data_file_is_forgotten():
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = setup["package-data"]["*"]
    assert len(DATA) > 40
    assert [path for path in DATA if not any(fnmatch(Path(path).name, one) for one in patterns)] == []
    for path in DATA:
        package = Path(path).parent.as_posix().replace("/", ".")
        assert any(fnmatch(package, one) for one in setup["packages"]["find"]["include"]), path


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The scripts of an environment outside the checkout, into which the wheel was installed.

    The wheel is built from the source distribution, that from a copy of the checkout. The dependencies are those of the
    interpreter that runs the tests, which came from the lock; its editable install of the checkout is not seen, since
    Python obeys .pth files in a site folder only, not in a folder that one of them names.
    """
    folder = tmp_path_factory.mktemp("packaging")
    copy = folder / "copy"
    copy.mkdir()
    for name in PACKAGES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    run([sys.executable, "-m", "build", "--outdir", folder / "dist", copy], folder)
    run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], folder)
    scheme = sysconfig.get_preferred_scheme("prefix")
    places = sysconfig.get_paths(scheme, vars={"base": str(folder / "venv"), "platbase": str(folder / "venv")})
    (Path(places["purelib"]) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (wheel,) = (folder / "dist").glob("*.whl")
    python = Path(places["scripts"]) / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", "--ignore-installed"]
    run([*pip, "--quiet", wheel], folder)
    return Path(places["scripts"])


def run(command, folder):
    """What a command prints that ends well, run in a folder without this checkout on Python's path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    ended = subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, encoding="utf-8")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.mark.slow
def test_the_wheel_holds_every_data_file(installed, tmp_path):
    where = (
        "import assistant, index, prompts; print(*assistant.__path__, *index.__path__, *prompts.__path__, sep='\\n')"
    )
    homes = [Path(line) for line in run([installed / "python", "-c", where], tmp_path).splitlines()]
    assert all(home.is_relative_to(installed.parent) for home in homes)
    assert [path for path in DATA if not (homes[0].parent / path).exists()] == []


@pytest.mark.slow
def test_the_wheel_adds_asks_and_verifies_outside_the_checkout(installed, tmp_path):
    shutil.copytree(ROOT / "examples" / "articles", tmp_path / "articles")
    program, library = installed / "ontherecord", ("--library", "library")
    assert "10 added" in run([program, "add", "articles", *library], tmp_path)
    asked = json.loads(run([program, "ask", "What did Piet Aldous say about onions?", "--json", *library], tmp_path))
    assert asked["quotes"][0]["speaker"]["name"] == "Piet Aldous"
    words = ("No water until June means no onions", "--speaker", "Piet Aldous")
    assert json.loads(run([program, "verify", *words, "--json", *library], tmp_path))["finding"] == "exact"
