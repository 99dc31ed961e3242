# Everything one does with this tree. It needs Python 3.11 to 3.13 and make, nothing else.

PYTHON ?= python3
DATA ?= data

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
LOCKS := requirements.lock requirements-dev.lock

# Tests that start Kafka or a schema registry; without Java and Maven they are left out, except in CI.
JAVA_TESTS := tests/kafka tests/faults/kafka tests/avro/wire tests/system/test_wire_formats.py
JAVA_AND_MAVEN = $(and $(shell command -v java 2>&1),$(shell command -v mvn 2>&1))
LEFT_OUT = $(if $(CI)$(JAVA_AND_MAVEN),,$(JAVA_TESTS))

.DEFAULT_GOAL := help
.PHONY: help install run test lint format lock bench evaluate kafka drills fuzz clean

help: ## List what make can do here.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

install: $(INSTALLED) ## Set up .venv with `outreach` and everything to work on it.

run: $(INSTALLED) ## Load the example quarter into data/ and print its report.
	@$(BIN)/outreach run examples/agency-quarter.jsonl.gz --data $(DATA)

test: lint ## Run the linters, then every test.
	@$(if $(LEFT_OUT),echo "The tests on a real Kafka and schema registry are left out: they need Java and Maven.")
	@$(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder \
		$(addprefix --ignore=,$(LEFT_OUT))

lint: $(INSTALLED) ## Check style, formatting and types.
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: $(INSTALLED) ## Format the code, and mend what ruff can mend.
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

lock: $(INSTALLED) ## Pin what pyproject.toml asks for; UPGRADE=1 moves to the newest versions.
	@$(PIN) pyproject.toml --output-file requirements.lock
	@$(PIN) pyproject.toml --group dev --constraints requirements.lock \
		--output-file requirements-dev.lock

bench: $(INSTALLED) ## Measure time and memory of a whole run; EVENTS=N says of how many events.
	@$(BIN)/python -m compileall -q agents pipeline schemas
	@$(BIN)/python tests/benchmarks/run.py $(EVENTS)

evaluate: $(INSTALLED) ## Measure how well messages, copies and campaigns are judged; DATA_SETS=DIR.
	@$(BIN)/python -m evaluation $(if $(DATA_SETS),--data $(DATA_SETS))

kafka: $(INSTALLED) ## Run Kafka without Docker, its data in data-kafka/; it needs Java and Maven.
	@$(BIN)/python -m deploy.kafka --data data-kafka

drills: $(INSTALLED) ## Break things and compare every view; SEED=N, DRILL=NAME, ROUNDS=N, EVENTS=N.
	@$(BIN)/python -m tests.faults $(if $(SEED),--seed $(SEED)) $(if $(DRILL),--drill $(DRILL)) \
		$(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(EVENTS),--events $(EVENTS))

fuzz: $(INSTALLED) ## Send damaged records and account for each; RECORDS=N, SEED=N.
	@$(BIN)/python -m tests.fuzz.run $(or $(RECORDS),100000) $(or $(SEED),1)

clean: ## Remove what can be made again, .venv included; data/ stays.
	@rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

PIN = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

# What is installed depends on the locks, and is brought up to date when they change.
$(INSTALLED): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c "$(CHECK_PYTHON)" 2>&- || { echo '$(NEED_PYTHON)' >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing into $(VENV); the first time takes a minute or two."
	@$(PIP) --requirement requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@# pip compiles what it installs; what stays in the tree would be compiled at every start.
	@$(BIN)/python -m compileall -q agents pipeline schemas
	@touch $@

PIP := $(BIN)/python -m pip install --quiet --use-pep517 --disable-pip-version-check
CHECK_PYTHON := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
NEED_PYTHON := This needs Python 3.11, 3.12 or 3.13 with its venv module: \
name one that you have, as in `make PYTHON=python3.12`.
