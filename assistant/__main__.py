"""`python -m assistant` is `ontherecord`."""

from assistant.cli import main

main()
