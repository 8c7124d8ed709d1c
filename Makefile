# The habits. `make site` and `make test` each set up all they need on a fresh Debian machine.
SHELL := /bin/bash
VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin

.PHONY: site dist test lint bench serve clean

site: $(VENV)/ready
	$(BIN)/tingsuo build

# Everything that leaves the office: printed files, then all packs of the site that holds them.
dist: site
	$(BIN)/tingsuo print
	$(BIN)/tingsuo pack

test: $(VENV)/ready-dev
	bash tests/readers.sh
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/ready-dev
	$(BIN)/ruff check generator tests bench
	$(BIN)/ruff format --check generator tests bench
	$(BIN)/mypy

bench: $(VENV)/ready-dev
	$(BIN)/python -m bench
	$(BIN)/python -m bench.printing
	$(BIN)/python -m bench.packs

serve: $(VENV)/ready
	$(BIN)/tingsuo serve

# Locked dependencies first, then the project itself without looking for more.
$(VENV)/ready: requirements.lock pyproject.toml
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { apt-get install -y python3-venv && $(PYTHON) -m venv $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	touch $@

clean:
	rm -rf site dist .tingsuo
