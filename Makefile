# make demo: build the editions of the shipped corpus.  make test: run the tests.  Both set up .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE ?= site

.PHONY: demo test lint bench screenshots docs notebooks clean help
.DEFAULT_GOAL := help

help:
	@echo "make demo         set up, build the shipped corpus into $(SITE)/ and say what to open"
	@echo "make test         set up and run the tests"
	@echo "make lint         ruff and mypy --strict"
	@echo "make bench        measure quality and speed, write docs/figures.md and the README's table"
	@echo "make docs         build the documentation site into build/docs/"
	@echo "make notebooks    run the notebooks of examples/ and keep what they show"
	@echo "make screenshots  make the pictures of the documentation (needs Chromium)"
	@echo "make clean        remove what the others made"

$(VENV)/.package: pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and f"Python 3.11 or newer is needed; this is {v.major}.{v.minor}. Use: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.package
	$(BIN)/python -m pip install --quiet --group test
	@touch $@

$(VENV)/.lint: $(VENV)/.package
	$(BIN)/python -m pip install --quiet --group lint
	@touch $@

$(VENV)/.browser: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --group browser --group jing
	@touch $@

$(VENV)/.bench: $(VENV)/.package
	$(BIN)/python -m pip install --quiet --group bench
	@touch $@

demo: $(VENV)/.package
	$(BIN)/parallel-texts build corpora -o $(SITE)
	@echo
	@echo "Open $(CURDIR)/$(SITE)/index.html in a browser."

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.bench
	$(BIN)/python -m bench -o docs/figures.md

$(VENV)/.docs: $(VENV)/.package
	$(BIN)/python -m pip install --quiet --group docs
	@touch $@

$(VENV)/.notebooks: $(VENV)/.package
	$(BIN)/python -m pip install --quiet --group notebooks
	@touch $@

notebooks: $(VENV)/.notebooks
	$(BIN)/python tools/notebooks.py

docs: $(VENV)/.docs
	$(BIN)/python tools/cli_reference.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo
	@echo "Open $(CURDIR)/build/docs/index.html in a browser."

screenshots: $(VENV)/.browser
	$(BIN)/python tools/screenshots.py

clean:
	rm -rf $(VENV) $(SITE) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
