# Two commands: `make run` starts Edgewise, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run rehearse test lint types contracts tests bench crashes lock audit sbom clean

run: $(VENV)/.ready
	@$(BIN)/edgewise serve

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

tests: $(VENV)/.ready-to-test $(VENV)/.browser
	$(BIN)/python -m pytest --numprocesses auto --dist loadscope

bench: $(VENV)/.ready-to-test
	$(BIN)/python -m benchmarks

crashes: $(VENV)/.ready-to-test
	$(BIN)/python -m benchmarks.crashes

# What the tests run with is locked: the exact versions, with checksums. `make lock` writes them anew from pyproject.toml;
# `make lock MORE=--upgrade` takes the newest of everything.
lock: $(VENV)/.python
	@$(BIN)/python -c 'import uv' 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/python -m supply_chain.lock $(MORE)

audit: $(VENV)/.ready-to-test
	@$(BIN)/python -m supply_chain.audit

sbom: $(VENV)/.ready-to-test
	@$(BIN)/python -m supply_chain.bill

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit("Edgewise needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make run PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.ready: $(VENV)/.python pyproject.toml
	@echo "Setting up Edgewise in $(VENV). This happens once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.ready-to-test: $(VENV)/.python requirements/test.txt pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/test.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.ready

# The pages are tested in a real Chromium: the one that is here, else the system's package, if we may install it.
$(VENV)/.browser: $(VENV)/.ready-to-test
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	  echo "Installing Chromium, to test the pages in. This happens once."; \
	  (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium) >/dev/null 2>&1 || \
	  { echo "The pages are tested in Chromium, which is not here. Install it (on Debian: apt-get install chromium) and run make test again."; exit 1; }; }
	@touch $@

clean:
	rm -rf $(VENV)
