"""What the README says is true: its Python runs, its links lead somewhere, its commands exist."""

import re
import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])


def test_the_python_in_the_readme_runs(tmp_path, monkeypatch, capsys):
    [code] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})
    shown = capsys.readouterr().out
    assert "Piet Aldous" in shown
    assert shown.rstrip().endswith("exact")


@pytest.mark.parametrize(
    ("script", "shown"),
    [("ask.py", "dam"), ("check_quotations.py", "misattributed")],
)
def test_the_example_scripts_run(script, shown, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", [script])
    runpy.run_path(str(ROOT / "examples" / script), run_name="__main__")
    assert shown in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_the_readmes_commands_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for verb in re.findall(r"^    make (\w+)", README, re.MULTILINE):
        assert f"\n{verb}:" in makefile
    app = (ROOT / "assistant" / "cli" / "commands.py").read_text(encoding="utf-8")
    for verb in re.findall(r"^    (?:\$ )?ontherecord (\w+)", README, re.MULTILINE):
        assert f"\ndef {verb}(" in app


def test_make_chat_calls_the_command_line_as_it_is():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    lines = re.findall(r"^\t\$\(BIN\)/ontherecord (.*)$", makefile, re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["add", "serve"]  # the verb first, its options after it


def test_ci_runs_what_the_readme_says():
    assert re.search(r"^make test$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)


def test_each_dependency_earns_its_place_with_a_line():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listing = project.split("[tool.")[0].split("[project]")[1]
    for name in re.findall(r'"([a-z0-9-]+)(?:[><=]=?[0-9][^"]*)?"[,\]]', listing):
        assert name in listed, name
