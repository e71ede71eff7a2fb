"""What is found of quotations of whole articles: a table written before the rules, in which no verdict may accuse wrongly."""

import json
from pathlib import Path

import pytest
from storing import open_store

from assistant.verification.verify import verify
from index.loaders.registry import load

TABLE = Path(__file__).parent / "data" / "verdicts.jsonl"
CHECKS = [
    (quotation, speaker, finding)
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    for quotation, speaker, finding in json.loads(line)["checks"]
]
