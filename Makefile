# What a developer or an administrator does with a clone. `make` alone tells.
# Needs: make and Python 3.11 or newer. Everything else is fetched into .venv and node_modules.

PYTHON ?= python3
SETUP := $(PYTHON) tools/setup.py
BIN := .venv/bin
PORT ?= 8000
# Two processes suit the smallest machine that tests run on.
TESTS_AT_ONCE ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup run fresh test test-sqlite test-postgresql check format messages screenshots bench lock build clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Set up .venv, assets and languages (skips what has not changed)
	@$(SETUP) run

run: ## Serve the demonstration consortium from ./data (BIOSINT_DATA_DIR, PORT)
	@$(SETUP) run
	@exec $(BIN)/biosint serve --demonstration --port $(PORT)

fresh: ## Serve an empty installation from a new folder, with a guided first hour
	@$(SETUP) run
	@folder="data-fresh/$$(date +%Y%m%d-%H%M%S)"; export BIOSINT_DATA_DIR="$$folder"; \
	  echo "New data folder: $$folder"; $(BIN)/biosint init && exec $(BIN)/biosint serve --port $(PORT)

test: ## Run every test: on SQLite with the browser journeys, then on PostgreSQL
	@$(SETUP) dev
	@$(SETUP) chromium
	@$(MAKE) --no-print-directory test-sqlite test-postgresql

test-sqlite:
	BIOSINT_TEST_DATABASE=sqlite $(BIN)/pytest -q -n $(TESTS_AT_ONCE) --dist loadfile

test-postgresql:
	@# Calculations know no database, and one round of the browser is enough.
	BIOSINT_TEST_DATABASE=postgresql $(BIN)/pytest -q -n $(TESTS_AT_ONCE) --dist loadfile -m "not journey" --ignore=tests/iahcalc

check: ## Check style, types, layers, migrations, templates, languages and generated pages
	@$(SETUP) dev
	@$(SETUP) gettext
	@$(BIN)/python tools/check.py

format: ## Put every file into the common form
	@$(SETUP) dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python tools/settings_table.py write

messages: ## Gather the texts to be translated into the catalogues
	@$(SETUP) dev
	$(BIN)/python tools/catalogues.py gather

screenshots: ## Take the pictures of README and guides from the running demonstration
	@$(SETUP) dev
	@$(SETUP) chromium
	$(BIN)/python tools/screenshots.py

bench: ## Measure the running demonstration, and write the tables under bench/results
	@$(SETUP) dev
	@$(SETUP) chromium
	$(BIN)/python bench/teams.py
	$(BIN)/python bench/surveys.py
	$(BIN)/python bench/pages.py

lock: ## Resolve the pinned requirements anew
	@$(SETUP) dev
	@$(BIN)/python tools/lock.py

build: ## Make the wheel, with the built static files in it
	@$(SETUP) dev
	$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove what set-up and tests made; data folders stay
	rm -rf .venv node_modules build dist src/biosint/static_built .mypy_cache .ruff_cache .import_linter_cache
	find src tests tools -name __pycache__ -type d -exec rm -rf {} +
