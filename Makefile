# Klubban. `make demo` runs a meeting, `make test` runs every test, `make bench` prints the figures, `make lint` checks the code.
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/.run-ready
DEV    := $(VENV)/.dev-ready

# A machine may forbid Python to keep what it has compiled; every server the tests start would compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo serve test test-pure test-parts test-browser bench soak lint system clean

demo: $(RUN)
	$(VENV)/bin/python -m meeting_server demo $(ARGS)

serve: $(RUN)
	$(VENV)/bin/python -m meeting_server serve $(ARGS)

# The pages have the machine for themselves: beside other tests they met moments too busy for them. mypy has one core to
# itself while the pure tests have the other.
test: $(VENV)/bin/python
	@$(MAKE) --no-print-directory -j 2 $(DEV) system
	@$(MAKE) --no-print-directory -j 2 --output-sync=target lint test-pure
	@$(MAKE) --no-print-directory test-parts
	@$(MAKE) --no-print-directory test-browser

# What needs nothing but itself: law, meeting, messages. Also tells which branches were run and which refusals were
# heard; tests/seen judges both. Only these are traced: it makes them three times as slow.
PURE := tests/law tests/meeting tests/wire
SEEN := --cov=meeting_server/law --cov=meeting_server/meeting --cov=meeting_server/wire --cov-branch --cov-report=

test-pure: $(DEV)
ifeq ($(strip $(ARGS)),)
	@rm -rf .pytest_cache/d/refusals
	$(VENV)/bin/python -m pytest -q -n 2 --dist worksteal $(PURE) $(SEEN)
	$(VENV)/bin/python -m tests.seen
else
	$(VENV)/bin/python -m pytest -q -n 2 --dist worksteal $(PURE) $(ARGS)
endif

# Databases, processes, sockets, documents, drawn meetings. Four workers on two cores: many wait for a process or a
# second to pass.
test-parts: $(DEV)
	$(VENV)/bin/python -m pytest -q -n 4 --dist worksteal -m "not browser" $(addprefix --ignore=,$(PURE)) $(ARGS)

PAGES := tests/browser tests/media tests/network

# Real browsers. Three workers: they wait for pages as often as pages wait for them.
test-browser: $(DEV)
	$(VENV)/bin/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder -m browser $(or $(filter tests/%,$(ARGS)),$(PAGES)) $(filter-out tests/%,$(ARGS))

lint: $(DEV)
	$(VENV)/bin/ruff check meeting_server migrations tests
	$(VENV)/bin/ruff format --check meeting_server migrations tests
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

bench: $(DEV)
	$(VENV)/bin/python -m tests.bench $(ARGS)

# An hour of members coming and going: make soak ARGS="--minutes 8"
soak: $(DEV)
	$(VENV)/bin/python -m tests.bench.soak $(ARGS)

# Browser, PostgreSQL and PDF tools for the tests; installs with apt when it may, otherwise says what will be skipped.
system:
	@bash .ci/system

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Klubban needs Python 3.11 or later."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); bash .ci/system venv && $(PYTHON) -m venv $(VENV); }

# The lock names everything, so nothing is resolved: a name with an extra would otherwise be looked up anew, and a release
# from after the lock breaks the installation. `pip check` says if the lock is not whole.
INSTALL := $(VENV)/bin/pip install -q --disable-pip-version-check --no-deps --require-hashes -r

$(RUN): requirements.lock | $(VENV)/bin/python
	$(INSTALL) requirements.lock
	@$(VENV)/bin/pip check --disable-pip-version-check >/dev/null || { $(VENV)/bin/pip check; exit 1; }
	@touch $@

$(DEV): requirements-dev.lock tests/minutes/eark.lock | $(VENV)/bin/python
	$(INSTALL) requirements-dev.lock
	@$(VENV)/bin/pip check --disable-pip-version-check >/dev/null || { $(VENV)/bin/pip check; exit 1; }
	$(VENV)/bin/pip install -q --disable-pip-version-check --no-deps --require-hashes --upgrade --target $(VENV)/eark -r tests/minutes/eark.lock
	@touch $@ $(RUN)

clean:
	rm -rf .demo .mypy_cache .pytest_cache .ruff_cache .hypothesis
