"""Words only: a prompt's name and its variables in, the two messages of a request out.

A prompt is a Markdown file in this folder, numbered (`choose.v1`), so that a change of wording is a new file. What
stands above its first line of `---` are the rules, what stands below is what they are about. `$name` is a variable.

Knows nothing of articles, questions or models.
"""

from __future__ import annotations

from importlib.resources import files
from string import Template
from typing import NamedTuple

RULE = "\n---\n"


class Prompt(NamedTuple):
    """One request: `rules` for the system's message (may be empty) and `data` for the user's."""

    rules: str
    data: str


def fill(name: str, **values: str) -> Prompt:
    """Load a prompt and put its variables in. Values are put in as they are: a `$` in one is only a dollar sign.

    :param name: The file's name without `.md`, such as `choose.v1`.
    :raises ValueError: If there is no such prompt, or its variables are not exactly those given.
    """
    file = files(__name__) / f"{name}.md"
    if not file.is_file():
        raise ValueError(f"there is no prompt named {name!r}")
    template = Template(file.read_text(encoding="utf-8"))
    if not template.is_valid():
        raise ValueError(f"the prompt {name} has a dollar sign that begins no variable; write it twice")
    wanted = set(template.get_identifiers())
    for what, names in (("lacks a value for", wanted - set(values)), ("does not use", set(values) - wanted)):
        if names:
            raise ValueError(f"the prompt {name} {what} {', '.join(sorted(names))}")
    rules, ruled, data = template.template.partition(RULE)
    parts = (rules, data) if ruled else ("", rules)
    return Prompt(*(Template(part).substitute(values).strip() for part in parts))
