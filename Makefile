# SPDX-License-Identifier: Apache-2.0
# `make run` is all a newcomer needs: Python 3.11 or later and GNU make.

PYTHON ?= python3
.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ /' | awk '{ printf "make %-8s", $$1; $$1 = ""; print }'

setup: .venv/.web ## Make .venv from the lock

.venv/.web: requirements/web.txt pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --require-hashes --only-binary :all: -r requirements/web.txt
	.venv/bin/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

.venv/.dev: requirements/dev.txt .venv/.web
	.venv/bin/pip install --quiet --require-hashes --only-binary :all: -r requirements/dev.txt
	touch $@

.PHONY: help setup
