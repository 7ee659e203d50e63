# Everything needs only make and Python 3.11 or newer; packages come from the locks, into .venv.
.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help setup setup-demo web pictures demo test lint bench drill tck swarm interleavings lock histories clean

PYTHON ?= $(or $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$p" && break; done))
VENV := .venv
BIN := $(VENV)/bin
lock_sum = $(firstword $(shell cksum < $(1)))
DEV_READY := $(VENV)/.ready-dev-$(call lock_sum,requirements-dev.lock)
DEMO_READY := $(VENV)/.ready-demo-$(call lock_sum,requirements-demo.lock)
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

help: ## Lists these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(DEV_READY) ## Makes .venv with everything that is pinned for development; does nothing when it is current

setup-demo: $(if $(wildcard $(DEV_READY)),,$(DEMO_READY)) ## Makes .venv with what the demo needs, which is less

web: setup-demo ## Builds the browser application that the API serves; does nothing when it is current
	@$(BIN)/python -m web build

pictures: setup web ## Photographs every page for people to judge; DIR=where to, DIR=/tmp/pictures otherwise
	@$(BIN)/python -m tests.web.pictures $(or $(DIR),/tmp/pictures)

demo: setup-demo web ## Runs the whole product here; ONCE=1 plays the purchase story, prints its timeline and stops
	@$(BIN)/python -m demo $(if $(ONCE),--once)

test: lint web ## Checks everything: static checks, then all tests
	$(BIN)/python -m pytest

lint: setup ## Static checks alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m web check

bench: setup ## Measures against a bare Temporal workflow and prints one JSON object
	@$(BIN)/python -m bench

drill: setup ## Kills real processes under load, the long form, and counts what was lost or doubled; N=50 SEED=7
	@DRILL_INSTANCES=$(or $(N),200) DRILL_SEED=$(SEED) $(BIN)/python -m pytest -n0 -m drill --durations=0 --timeout=1800 tests/faults tests/drill

tck: setup ## Plays the decision-table cases of the public DMN suite; DIR=a checkout of dmn-tck/tck
	@test -n "$(DIR)" || { echo "make tck DIR=/path/to/tck: a checkout of the repository dmn-tck/tck"; exit 1; }
	@$(BIN)/python -m tests.exchange.tck "$(DIR)"

swarm: setup ## Plays 2,000,000 random sequences of presses on the engine alone; N=50000 for fewer
	POSTROAD_SEQUENCES=$(or $(N),2000000) $(BIN)/python -m pytest -n auto --timeout=0 tests/process/test_swarm.py

interleavings: setup ## Lets 1,000 activations be pressed by several people at once, on a real Temporal server; N=5000 SEED=7
	POSTROAD_INTERLEAVINGS=$(or $(N),1000) POSTROAD_INTERLEAVINGS_SEED=$(or $(SEED),1) $(BIN)/python -m pytest -n0 --timeout=0 tests/real/test_interleavings.py

lock: setup ## Writes the three locks anew from pyproject.toml; UPGRADE=1 takes newer versions
	$(COMPILE) $(if $(UPGRADE),--upgrade) --group dev --output-file requirements-dev.lock
	$(COMPILE) $(if $(UPGRADE),--upgrade) --constraint requirements-dev.lock --group demo --output-file requirements-demo.lock
	$(COMPILE) $(if $(UPGRADE),--upgrade) --constraint requirements-dev.lock --output-file requirements.lock

histories: setup ## Records the frozen histories anew that replay tests hold the engine to
	$(BIN)/python -m tests.histories.record

clean: ## Removes .venv, the demo's data and all caches
	rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say make PYTHON=/path/to/python3"; exit 1; }
	@echo "→ $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

$(DEV_READY): | $(BIN)/python
	$(call install,requirements-dev.lock)

$(DEMO_READY): | $(BIN)/python
	$(call install,requirements-demo.lock)

define install
	@echo "→ installing $$(grep -c '^[a-zA-Z]' $(1)) pinned packages of $(1) (once; a few minutes on a slow line)"
	@$(BIN)/python -m pip install $(if $(CI),--quiet) --disable-pip-version-check --require-hashes -r $(1)
	@rm -f $(VENV)/.ready-$(word 2,$(subst -, ,$(basename $(1))))-*
	@touch $@
endef
