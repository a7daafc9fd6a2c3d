# Two commands: `make run` starts Edgewise, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run rehearse test lint types contracts tests bench clean

run: rehearse

rehearse: $(VENV)/.ready
	@$(BIN)/edgewise rehearse

test: lint types contracts tests

lint: $(VENV)/.ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-to-test
	$(BIN)/basedpyright

contracts: $(VENV)/.ready-to-test
	$(BIN)/lint-imports

tests: $(VENV)/.ready-to-test
	$(BIN)/python -m pytest

bench: $(VENV)/.ready-to-test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m benchmarks

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit("Edgewise needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make run PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.ready: $(VENV)/.python pyproject.toml
	@echo "Setting up Edgewise in $(VENV). This happens once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.ready-to-test: $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV)
