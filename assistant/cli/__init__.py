"""The command line: `ontherecord VERB`. Parses, calls the assistant, prints; holds no rule.

    commands   the verbs            ask           answers, one or a file of them     lists     what is there
    add        what was done        update        what older rules have read         progress  the bar of both
    evaluate   questions with known answers       check_library   whether all fits   memory    a server's
    quotation  one quotation checked
Whatever goes wrong on purpose ends as one sentence on standard error and exit status 1; wrong usage with status 2.
So does a quotation that could not be checked, as 1 is a finding.
"""

from __future__ import annotations

import os
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line on the process's arguments."""
    # One question's matrices are small: threads would only wait for one another. numpy looks when it is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from assistant.cli.commands import app
    from index.errors import OnTheRecordError

    try:
        app()
    except OnTheRecordError as error:
        sys.stderr.write(f"ontherecord: {error}\n")
        raise SystemExit(1) from None
