"""The command line: `ontherecord VERB`. Parses, calls the assistant, prints; holds no rule.

    app     the verbs          adding      the progress bar and the summary     asking    answers, one or a file
    lists   what is there      evaluating  questions with known answers         checking  whether all fits
Whatever goes wrong on purpose ends as one sentence on standard error and exit status 1; wrong usage with status 2.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line on the process's arguments."""
    import click

    from assistant.cli.app import app
    from index.errors import OnTheRecordError

    try:
        app(standalone_mode=False)
    except OnTheRecordError as error:
        _complain(str(error), 1)
    except click.exceptions.Exit as done:
        raise SystemExit(done.exit_code) from None
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except (click.Abort, KeyboardInterrupt):
        _complain("stopped; what was stored is safe", 130)
    except BrokenPipeError:  # the reader of our output (`| head`) has had enough
        sys.stderr.close()
        raise SystemExit(0) from None


def _complain(sentence: str, status: int) -> None:
    sys.stderr.write(f"ontherecord: {sentence}\n")
    raise SystemExit(status) from None
