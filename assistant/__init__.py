"""The question and everything after it: read, search, rank, decide, cut, show.

question -> hits -> picks -> quotes -> answer -> web page, Python, command line

>>> from assistant import Assistant, ask, verify   # doctest: +SKIP
>>> ask("What did Philip Luther say about the air strikes?").quotes[0].text   # doctest: +SKIP
"""

from assistant.assistant import Assistant, ask
from assistant.settings import Settings
from assistant.types import Answer, Quote, Refusal

__all__ = ["Answer", "Assistant", "Quote", "Refusal", "Settings", "ask"]
