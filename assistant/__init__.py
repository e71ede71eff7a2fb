"""The question and everything after it.

    asking -> finding -> answer -> render, cli, web        checking: is this quotation in the articles?
    what is asked   what answers   where they meet         models: what a chat model may do

The doors for Python are these; everything else is imported by module.

    >>> from assistant import Assistant
    >>> with Assistant.open("library") as assistant:  # doctest: +SKIP
    ...     assistant.ask("What did Philip Luther say about the air strikes?").quotes[0].text
"""

from assistant import hiding as hiding  # before all others: it says which file hides a package that they import
from assistant.assistant import Assistant, ask, verify
from assistant.chat import Chat
from assistant.settings import Settings
from assistant.types import Answer, Quote, Refusal
from assistant.verification.types import Verdict

__version__ = "0.2.0"
__all__ = ["Answer", "Assistant", "Chat", "Quote", "Refusal", "Settings", "Verdict", "ask", "verify"]
