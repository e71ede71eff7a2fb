"""Verbs of speech in a question: a question in, the same asked with "say" out.

"What did Ann Lee quip about the dam" asks for what she said about the dam: the verb tells how she said it, not what the
question is about. So every verb of speech finds the same passages, and is refused where "say" is. Knows the lexicon.
Does not know articles or speakers.
"""

from __future__ import annotations

import re
from functools import cache

from index.language.lexicon import Quoting, forms_quoting


def with_say(text: str) -> str:
    """The question with "say" or "said" in place of a verb of speech before "about", "on" or "regarding".

    >>> with_say("What did Ann Lee quip about the dam?")
    'What did Ann Lee say about the dam?'
    """
    return _asked().sub(lambda match: match[1] + ("said" if match["helper"].lower().startswith("ha") else "say"), text)


@cache
def _asked() -> re.Pattern[str]:
    """What comes before the verb, and the verb; not a noun, as in "the report about the dam"."""
    noun = "".join(rf"(?<!\b{word} )" for word in ("the", "a", "an", "his", "her", "its", "their", "this", "that"))
    verbs = "|".join(sorted(forms_quoting(Quoting.SPEECH)))
    return re.compile(
        r"^((?:so |and |but )?(?:what|how)\b[^.?!]*?"
        r"\b(?P<helper>do|does|did|has|have|had|will|would|could|might)\b[^.?!]*? )"
        rf"{noun}(?<!['’]s )({verbs})(?= (?:about|on|regarding)\b)",
        re.IGNORECASE,
    )
