# The one list of checks: people, hooks and CI share it.
PYTHON ?= python3
BIN := $(if $(wildcard .venv/bin/python),.venv/bin/,)

.PHONY: dev check quick lint test update catalogues

dev: ## a virtual environment with everything needed to work on the project
	test -d .venv || $(PYTHON) -m venv .venv
	.venv/bin/python -m pip install -q --upgrade pip
	.venv/bin/python -m pip install -q -e . --group dev
	git config merge.ours.driver true # .gitattributes: a compiled catalogue is made again, never merged

check: lint ## everything that CI checks
	$(BIN)python tools/catalogues.py --check
	$(BIN)pytest -q -n auto --cov --cov-report=term

quick: lint ## the same without the coverage
	$(BIN)pytest -q -n 2

lint:
	$(BIN)ruff check -q
	$(BIN)ruff format -q --check
	$(BIN)mypy --no-error-summary
	$(BIN)lint-imports --no-logo 2>/dev/null || $(BIN)lint-imports

test:
	$(BIN)pytest -q -n auto

update: ## mend what can be mended: style, transcripts
	$(BIN)ruff check -q --fix
	$(BIN)ruff format -q
	$(BIN)pytest -q --update

catalogues: ## extract the sentences, merge them into the .po file, compile it
	$(BIN)python tools/catalogues.py
