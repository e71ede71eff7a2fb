"""With every socket but loopback blocked, everything still works once installed."""

import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"

BLOCKED = """
import ipaddress, os, sys

def loopback(address):
    if not isinstance(address, tuple):
        return True  # a Unix socket
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] == "localhost"

def guard(event, arguments):
    if event == "socket.connect" and not loopback(arguments[1]):
        os.write(2, f"BLOCKED {arguments[1]}".encode())
        os._exit(9)
    if event in ("socket.getaddrinfo", "socket.gethostbyname") and not loopback((arguments[0] or "127.0.0.1",)):
        os.write(2, f"BLOCKED {arguments[0]}".encode())
        os._exit(9)

sys.addaudithook(guard)
"""

USE = """
from assistant import Assistant, Settings

with Assistant.open(sys.argv[1], Settings()) as assistant:
    assert assistant.add([sys.argv[2]]).failed == ()
    assert assistant.ask("What did Piet Aldous say about onions?").answered
    assert assistant.verify("No water until June means no onions").places
    from assistant.web import page
    page(assistant)
print("done")
"""


def run(code, *arguments):
    command = [sys.executable, "-c", BLOCKED + code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def test_everything_works_with_sockets_blocked(tmp_path):
    result = run(USE, tmp_path / "library", EXAMPLES)
    assert (result.returncode, result.stdout.strip()) == (0, "done"), result.stderr


def test_the_block_would_be_felt():
    result = run("import urllib.request; urllib.request.urlopen('http://192.0.2.1/')")
    assert (result.returncode, "BLOCKED" in result.stderr) == (9, True)
