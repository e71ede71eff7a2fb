"""The command line: `ontherecord VERB`. Parses, calls the assistant, prints; holds no rule.

    app     the verbs          adding      the progress bar and the summary     asking    answers, one or a file
    lists   what is there      evaluating  questions with known answers         checking  whether all fits
    heaps   the memory of a server
Whatever goes wrong on purpose ends as one sentence on standard error and exit status 1; wrong usage with status 2.
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
