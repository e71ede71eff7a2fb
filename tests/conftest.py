"""What several tests share: the parser, and a vector server on loopback."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import settings
from serving import chromium, free_port, served

from index.language.parser import Parser

settings.register_profile("default", deadline=None)  # a crowded machine is no failure
settings.load_profile("default")
settings.register_profile("large", max_examples=10_000, deadline=None)  # pytest --hypothesis-profile=large


@pytest.fixture(scope="session")
def parser():
    """The default pipeline, loaded once."""
    return Parser()


@pytest.fixture(scope="session")
def vector_server(tmp_path_factory):
    """The URL of a Chroma server that this session started."""
    port = free_port()
    folder = tmp_path_factory.mktemp("server")
    command = [Path(sys.executable).with_name("chroma"), "run", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen([*command, "--path", folder], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in server.stdout:
        if "listening" in line:
            break
    else:
        raise RuntimeError("the vector server did not start")
    drain = threading.Thread(target=server.stdout.read, daemon=True)  # a full pipe would stop the server
    drain.start()
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()
    drain.join()
    server.stdout.close()


@pytest.fixture(params=["folder", "server"])
def vectors_url(request):
    """Each test that asks for this runs twice: with vectors in a folder (empty), and in a server (its URL)."""
    return "" if request.param == "folder" else request.getfixturevalue("vector_server")


@pytest.fixture(scope="session")
def sites(tmp_path_factory):
    """The addresses of the pages that `serving` serves, by name."""
    with served(tmp_path_factory.mktemp("sites")) as addresses:
        yield addresses


@pytest.fixture(scope="session")
def site(sites):
    """The address of a page over the example articles."""
    return sites["site"]


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once."""
    with chromium() as started:
        yield started
