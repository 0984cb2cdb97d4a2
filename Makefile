# Everything a newcomer needs. `make` alone lists the targets. All that is written lies under .venv/ and VAR_DIR.
PORT ?= 8000
VAR_DIR ?= $(CURDIR)/var
PYTHON ?= python3
export VAR_DIR PORT

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/runtime.stamp
DEV := $(VENV)/dev.stamp

.DEFAULT_GOAL := help
.PHONY: help run test lint format clauses screenshots

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

run: $(RUNTIME) ## install, prepare and serve the demonstration on http://127.0.0.1:$(PORT); PORT= and VAR_DIR= move it
	@exec $(BIN)/python tools/serve.py

test: $(DEV) ## install what the tests need and run all checks and tests
	@exec $(BIN)/python tools/check.py

lint: $(DEV) ## ruff, its formatter and missing migrations, changing nothing
	@exec $(BIN)/python tools/check.py lint

format: $(DEV) ## let ruff mend and format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clauses: $(DEV) ## which ids of the inventory are proven by which test
	@exec $(BIN)/python tools/clauses.py

screenshots: $(DEV) ## pictures of every page kind at 1280 and 390 px; SERVER= takes a running site, FULL=1 all pages
	@exec $(BIN)/python tools/screenshots.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
