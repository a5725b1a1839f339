PYTHON ?= python3
BIN := $(if $(wildcard .venv/bin/python),.venv/bin/,)

.PHONY: dev check quick test torture postgres hook update catalogues docs release bench

dev: ## a virtual environment with everything needed to work on the project
	test -d .venv || $(PYTHON) -m venv .venv
	.venv/bin/pip install -q -U pip
	.venv/bin/pip install -q -e . --group dev
	git config merge.ours.driver true # .gitattributes: a compiled catalogue is made again, never merged

check: ## all that CI checks: style, types, layers, catalogues, tests with their coverage
	tools/check

quick: ## the same without the coverage
	tools/check quick

test: ## the tests alone
	$(BIN)pytest -q -n auto

torture: ## hours' worth of writes in minutes: thousands of styles, many writers, kills, full disks, merges; no part of `check`
	VPCP_CASES=2000 $(BIN)pytest -q tests/test_styles.py
	VPCP_CASES=200 $(BIN)pytest -q -n auto $$(grep -l '^@given' tests/test_*.py)
	$(BIN)python tests/torture/torture.py
	$(BIN)python tests/torture/kills.py
	$(BIN)python tests/torture/caches.py
	$(BIN)python tests/torture/crowd.py
	PYTHONPATH=tests $(BIN)python tests/torture/merges.py

postgres: ## sixty workspaces in a PostgreSQL of its own, in SQLite and in DuckDB; needs PostgreSQL's programs, half an hour
	PYTHONPATH=tests:tests/torture:benchmarks $(BIN)python tests/torture/postgres.py $(PLANS)

hook: ## our hook, run by pre-commit from the registry, in a repository that uses it
	$(BIN)python tests/torture/pre_commit.py

update: ## mend what can be mended: style, transcripts
	$(BIN)ruff check -q --fix
	$(BIN)ruff format -q
	$(BIN)pytest -q --update

catalogues: ## take the sentences out of the sources, merge and compile them, and word the reference with them
	$(BIN)python tools/catalogues.py
	$(BIN)python tools/reference.py

docs: catalogues ## what is made from the program: the reference of its commands, its manual, the picture of a table
	$(BIN)python tools/picture.py

release: ## what is given to others, built, looked at and tried, in dist/: wheel, sources, one-file programs, SBOM, checksums
	test -d .venv || $(PYTHON) -m venv .venv
	.venv/bin/pip install -q -U pip
	.venv/bin/pip install -q --group release
	.venv/bin/python tools/release.py

bench: ## measure against the targets in benchmarks/cases.py; minutes long, on a quiet machine
	env -u PYTHONDONTWRITEBYTECODE $(BIN)python benchmarks/run.py $(BENCH)
