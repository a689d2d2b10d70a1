# One machine, two commands: `make up` and `make test`. Needs Python 3.11+ and make.
.DEFAULT_GOAL := help
.PHONY: help install up test test-long lint messages-check bench clean

PORT ?= 8000
BIN := .venv/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1: /p' Makefile

install: ## virtual environment, packages by hash, style sheets, translations (instant when nothing changed)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found." >&2; exit 2; }
	@$(PYTHON) -P jcm/install.py
	@$(BIN)/python -P jcm/translations.py

up: install ## the whole site with sample data on http://localhost:PORT (PORT=8000); Ctrl-C stops it
	@exec $(BIN)/python -m jcm.up --port $(PORT)

test: install ## every quick test, with a PostgreSQL of its own
	@$(BIN)/pytest -n 2 --dist loadgroup

test-long: install ## also the races and the long walks
	@$(BIN)/pytest -n 2 --dist loadgroup -m ""

lint: install ## style, types, import contracts, migrations
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py makemigrations --check --dry-run

messages-check: install ## every text in Japanese and in Hindi: none missing, none fuzzy, none half English
	@$(BIN)/pytest -q tests/pages/test_catalogues.py

bench: install ## the cost of a step, side by side
	@$(BIN)/python -m tests.bench

clean: ## remove what was made, the data of `make up` included
	rm -rf .venv node_modules var staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
