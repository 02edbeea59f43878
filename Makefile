# All that Daodi needs is put into .venv, node_modules and var; running a target twice is quick.

PYTHON ?= $(shell command -v python3.11 || echo python3)
HOST ?= 127.0.0.1
PORT ?= 8000

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-warn-script-location
PO := $(wildcard daodi/locale/*/LC_MESSAGES/*.po)

.PHONY: setup dev demo run test check bench clean lock messages
.DELETE_ON_ERROR:

setup: .venv/base var/assets/icons.svg $(PO:.po=.mo)

demo run: setup
	$(BIN)/daodi init
	$(if $(filter demo,$@),$(BIN)/daodi demo)
	$(if $(filter demo,$@),DEMO=true) $(BIN)/daodi serve --host $(HOST) --port $(PORT) --with-worker

test: dev
	@$(PYTHON) scripts/setup.py browser
	@$(BIN)/pytest

check: dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/python scripts/shape.py
	$(BIN)/python scripts/messages.py check
	$(BIN)/daodi manage makemigrations --check --dry-run
	$(BIN)/python scripts/diagrams.py --check

bench: dev
	$(BIN)/python bench/run.py
	DJANGO_SETTINGS_MODULE=daodi.settings PYTHONPATH=. $(BIN)/python bench/insight.py $(INSIGHT)

dev: setup .venv/dev

# Never what belongs to the site: the database, files, keys.
clean:
	@if [ -x $(BIN)/daodi ]; then $(BIN)/daodi stop; fi
	rm -rf .venv node_modules var/assets var/static *.egg-info .*_cache

# After a change in requirements/*.in.
lock: .venv/dev
	cd requirements && for name in base dev; do \
		../$(BIN)/uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
			$$name.in -o $$name.txt; done
	$(BIN)/npm update --package-lock-only

# After a change in texts: then translate what it says is open.
messages: dev
	$(BIN)/python scripts/messages.py update

.venv/bin/python:
	$(PYTHON) scripts/setup.py environment

.venv/base: requirements/base.txt pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements/base.txt
	$(PIP) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements/dev.txt .venv/base
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

var/assets/icons.svg: package-lock.json scripts/assets.py $(wildcard daodi/web/icons.txt) .venv/base
	$(BIN)/python scripts/assets.py

%.mo: %.po .venv/base
	$(BIN)/python scripts/messages.py compile
	@touch $@
