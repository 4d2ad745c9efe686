# Needs python3 with venv, make and git. Everything else goes into .venv.
.DEFAULT_GOAL := help
.PHONY: help run test check audit bench stress setup clean

VENV := .venv
BIN := $(VENV)/bin
UV := UV_SYSTEM_CERTS=true UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv
UV_VERSION := 0.13.9
STAMPS := $(VENV)/.made
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

help:
	@echo "make run     serves at http://$(HOST):$(PORT) (HOST, PORT and DATABASE_URL change it)"
	@echo "make test    runs all tests, in a real browser and on PostgreSQL too"
	@echo "make check   lints, types and formats; make audit asks for known faults of what we build on"
	@echo "make bench   measures;  make stress saves at once, edits at random and adds up every mark;  make setup installs for development;  make clean takes it all away"

run: $(STAMPS)/run
	@exec $(BIN)/python -m app serve

test: $(STAMPS)/dev
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

check: $(STAMPS)/dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "ruff format . mends the layout"; exit 1; }
	@$(BIN)/ty check --quiet app
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/bandit --quiet --recursive --configfile pyproject.toml app
	@$(BIN)/python tests/vendor/htmx-upgrade-check-4.0.1.py --ext .js templates static/js 2>/dev/null
	@$(BIN)/python -c "from app.locales import extract as it; raise SystemExit(0 if it.written(it.extracted()) == it.TEMPLATE.read_bytes() else 'texts have changed: python -m app.locales.extract')"

audit: $(STAMPS)/dev
	@$(UV) export --quiet --frozen --no-emit-project --output-file $(STAMPS)/audit.txt
	@$(BIN)/pip-audit --disable-pip --requirement $(STAMPS)/audit.txt

# What takes minutes, on both databases: many who save at once (200 rounds of 8 on one version, 50 for a minute on five
# records, a lock held for half a minute), 20,000 random edits beside a plain model, every mark of every chart, the API
# asked whatever its description allows and forbids.
stress: $(STAMPS)/dev
	@STRESS_ROUNDS=200 STRESS_WRITERS=50 STRESS_SECONDS=60 STRESS_HELD=30 STRESS_KILLS=20 $(BIN)/python -m pytest tests/stress -s
	@EDIT_EXAMPLES=400 $(BIN)/python -m pytest tests/store/test_edit_machine.py
	@EVERY_MARK=1 $(BIN)/python -m pytest tests/routes/test_charts.py
	@EVERY_JOURNEY=1 EVERY_DATABASE=1 $(BIN)/python -m pytest tests/journeys tests/routes tests/web
	@API_EXAMPLES=50 $(BIN)/python -m pytest tests/routes/test_api_description.py

bench: $(STAMPS)/dev
	@$(BIN)/python -m tests.bench

setup: $(STAMPS)/dev

clean:
	@rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis build dist

$(STAMPS)/uv:
	@python3 -m venv $(VENV) || { echo "python3 -m venv does not work; on Debian: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@mkdir -p $(STAMPS) && touch $@

# Who develops has everything that running needs.
$(STAMPS)/run: $(STAMPS)/uv pyproject.toml uv.lock
	@if [ ! -e $(STAMPS)/dev ]; then $(UV) sync --quiet --frozen --no-dev; else $(UV) sync --quiet --frozen; fi
	@touch $@

$(STAMPS)/dev: $(STAMPS)/uv pyproject.toml uv.lock
	@$(UV) sync --quiet --frozen
	@touch $@ $(STAMPS)/run
