"""stub"""
from __future__ import annotations
import datetime as dt
FROZEN=3
HEADS=2
def as_read(text: str, title: str = "", published: dt.date | None = None, speaker: str = "", role: str = "") -> str:
    day = f"{published.day} {published:%B %Y}" if published else ""
    over = ". ".join(part for part in (title.rstrip("."), day) if part)
    who = ", ".join(part for part in (speaker, role) if part)
    return f"{over}{'. ' if over else ''}{who}{': ' if who else ''}{text}"
