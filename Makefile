# SPDX-License-Identifier: Apache-2.0
# A newcomer needs Python 3.11 or later and GNU make, and types `make run`.

PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
PIP = $(BIN)/pip install --quiet --disable-pip-version-check
TESTS = $(BIN)/python -m pytest -n 2 --dist worksteal --durations 40 --durations-min 2
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /|/' | awk -F'|' '{ printf "make %-9s %s\n", $$1, $$2 }'

# Running

run: setup ## serve on http://127.0.0.1:8000 (PORT= to change), with its own data in var/
	$(BIN)/bamsat serve --port $(PORT)

setup: .venv/.web ## make .venv from the lock
	@$(BIN)/python -m bamsat.messages

.venv/.web: requirements/web.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make run PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --require-hashes --only-binary :all: -r requirements/web.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# Working on it

# A template without a last newline stands inside a sentence, where the newline would show as a space: it is left alone.
TEMPLATES = git ls-files '*.html' | while read -r file; do [ -n "$$(tail -c 1 "$$file")" ] || echo "$$file"; done

tools: .venv/.dev ## what the checks and tests need, Debian packages included
	@scripts/debian_packages
	@$(BIN)/python -m bamsat.messages

.venv/.dev: requirements/dev.txt .venv/.web
	$(PIP) --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

test: tools ## every test, on SQLite and on PostgreSQL, in a browser too
	$(BIN)/python scripts/with_postgresql.py $(TESTS) -m "database and not browser and not walk"
	$(TESTS)

lint: tools ## format, lint, types, import contracts, templates, migrations
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	@$(TEMPLATES) | xargs -r $(BIN)/djade --check
	$(BIN)/lint-imports
	$(BIN)/python -m bamsat makemigrations --check --dry-run
	$(BIN)/mypy

check: lint test ## lint, then test: what a change has to pass

fix: tools ## mend what can be mended without thought
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	@$(TEMPLATES) | xargs -r $(BIN)/djade

messages: tools ## bring the English catalogue up to the source
	cd src/bamsat && BAMSAT_DATA=../../var ../../$(BIN)/python -m bamsat makemessages --locale en --no-wrap --no-location

# Measuring

bench: tools .venv-peers/.done .venv-scale/.done ## claim, value, limit, peer, pass; ONLY=name for one
	$(BIN)/python -m bench $(ONLY)

.venv-peers/.done: requirements/peers.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/peers.txt
	@touch $@

scale: .venv-scale/.done ## an environment with DuckDB and Spark (needs Java 17), for published figures

.venv-scale/.done: requirements/scale.txt
	test -x .venv-scale/bin/python || $(PYTHON) -m venv .venv-scale
	.venv-scale/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/scale.txt
	.venv-scale/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

eval: tools ## how well it reads and checks, against bench/floors.toml
	$(BIN)/python -m bench.reading_score
	$(BIN)/python -m bench.check_relations
	$(BIN)/python -m bench.directives_score

# Upkeep

LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
FROM = $(LOCK) pyproject.toml --group build

lock: ## resolve the locks anew (needs uv); UPGRADE=--upgrade to take newer releases
	$(FROM) $(UPGRADE) --extra web --extra check --extra report --extra scale --group dev -o requirements/everything.txt
	$(FROM) -c requirements/everything.txt -o requirements/base.txt
	$(FROM) -c requirements/everything.txt --extra web -o requirements/web.txt
	$(FROM) -c requirements/everything.txt --extra web --group dev -o requirements/dev.txt
	$(FROM) -c requirements/everything.txt --extra scale -o requirements/scale.txt
	$(LOCK) --group peers $(UPGRADE) -o requirements/peers.txt

clean: ## remove everything that was made, except the data in var/
	rm -rf .venv .venv-peers .venv-scale build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -prune -exec rm -rf {} +

.PHONY: help run setup tools test lint check fix messages bench scale eval lock clean
