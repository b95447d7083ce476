# The project's commands. Everything a command needs it makes first; `make` alone lists them.

PYTHON ?= python3
PY := .venv/bin/python
# uv installs faster; without it the machine's Python and its pip do the same work from the same lock.
UV := $(shell command -v uv 2>/dev/null)
# A machine that tests once compiles only what it imports, which is a small part.
PIP_OPTIONS := --quiet --disable-pip-version-check $(if $(CI),--no-compile)
# pytest, mypy and import-linter look for the packages of `site/` here, as manage.py does.
TOOLS := PYTHONPATH=$(CURDIR):$(CURDIR)/site
# One more than processors: tests wait for programs, sites and browsers.
WORKERS_OF_TESTS ?= $(shell expr $$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN) + 1)
SPREAD := -n $(WORKERS_OF_TESTS) --dist worksteal
# Per cent of all lines that `make test-fast` runs at least.
COVERED := 90
PRODUCTION := DEBUG=off SITE_URL=https://models.example.com ALLOWED_HOSTS=models.example.com \
	TRUSTED_PROXIES=127.0.0.1 SECRET_KEY=Check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH
COMPILE := uv pip compile pyproject.toml --extra postgres --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet

.PHONY: help tools run test test-fast test-on soak bench gateway prove shots messages lock clean \
	check check-style check-types check-rules check-catalog
help:
	@echo "make run    everything needed, then the site (HOST, PORT and WORKERS are honoured)"
	@echo "make test   everything needed, then all tests (PYTEST='tests/config -x' runs some, RING=database what asks one)"
	@echo "make test-fast  what runs in one process: no browser, no site, no Node; with the share of the code that has run"
	@echo "make soak   for hours, what is surer the longer it runs: kills, races, made-up cases, widths of a window"
	@echo "make test-on  the tests that depend on a date, with the machine's clock on another day (DAY=2027-12-01)"
	@echo "make bench  the benchmarks, as ratios measured side by side in one run (BENCH=search runs one)"
	@echo "make gateway  a gateway on 127.0.0.1:9000 (GATEWAY_PORT) that answers snippets as the catalog says"
	@echo "make prove  run every kind of snippet, and write down for the site what has run with which versions"
	@echo "make shots  a picture of each type of page, size and scheme in var/shots (SHOTS=home takes one)"
	@echo "make messages  all words of the pages in site/config/locale/django.pot, and translations brought up to it (TAG=de begins one)"
	@echo "make check  style, types, import rules, templates, migrations, settings, lock files, catalog"
	@echo "make lock   the lock files anew from pyproject.toml"
	@echo "make clean  remove what the commands above made, but never the database"

# A .venv of an unfinished or older start is used again; only a changed lock file installs.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed.")'
	@echo "Making .venv ..."
	@$(if $(UV),$(UV) venv --quiet --allow-existing --no-python-downloads --python $(PYTHON) .venv,$(PYTHON) -m venv .venv)

.venv/%.stamp: %.txt | .venv/bin/python
	@echo "Installing what $< locks ..."
	@$(if $(UV),$(UV) pip install --quiet --python $(PY),$(PY) -m pip install $(PIP_OPTIONS)) \
		--require-hashes -r $<
	@touch $@

run: .venv/requirements.stamp
	@exec $(PY) manage.py serve

# Without npm, or where it reaches no registry, the tests that need these packages say so themselves.
NODE_PACKAGES := tests/node/node_modules/.stamp
$(NODE_PACKAGES): tests/node/package-lock.json
	@echo "Installing what $< locks ..."
	@if (cd tests/node && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null); \
		then touch $@; else echo "npm could not: JavaScript and TypeScript snippets will not be run."; fi

tools: .venv/requirements-dev.stamp $(NODE_PACKAGES)

test: tools
	@$(TOOLS) $(PY) -m pytest $(SPREAD) $(RING:%=--ring %) $(PYTEST)

# Every module of the project counts, whether a test has imported it or not. A part of the tests has no share to hold.
COVERAGE := --cov --cov-report= --cov-fail-under=$(COVERED)
# Nothing is waited for here: a worker for each processor is enough.
test-fast: .venv/requirements-test.stamp
	@$(TOOLS) $(PY) -m pytest -n auto --dist worksteal --ring fast $(or $(PYTEST),$(COVERAGE))

SOAK := IMPORT_KILLS=$(or $(IMPORT_KILLS),200) PRICE_KILLS=$(or $(PRICE_KILLS),200) \
	PRICE_EDITS=$(or $(PRICE_EDITS),1000) EDIT_ROUNDS=$(or $(EDIT_ROUNDS),100) PAGE_WIDTHS=$(or $(PAGE_WIDTHS),30) \
	PROPERTY_CASES=$(or $(PROPERTY_CASES),100000) FILE_CASES=$(or $(FILE_CASES),5000) HOSTILE_IDS=$(or $(HOSTILE_IDS),1000) \
	HOSTILE_SHARE=$(or $(HOSTILE_SHARE),1) AGREEING_MODELS=$(or $(AGREEING_MODELS),1) \
	DELIVERIES=$(or $(DELIVERIES),1000) FAULTY_WAYS=$(or $(FAULTY_WAYS),1) \
	REAL_IMPORTS="$(or $(REAL_IMPORTS),models-dev litellm openrouter genai-prices)"
soak: .venv/requirements-dev.stamp
	@env $(SOAK) $(TOOLS) $(PY) -m pytest $(SPREAD) --ring soak $(PYTEST)

# What compares dates with a clock: pages, prices, triggers of both databases, and, on SQLite, a site in processes.
DATED_TESTS := tests/test_clock.py tests/pages/test_as_of.py tests/pages/test_price_pages.py tests/pages/test_feeds.py \
	tests/pages/test_calendars.py tests/pages/test_status_days.py tests/api/test_models.py tests/catalog/models/test_triggers.py \
	tests/catalog/publishing/test_price_changes.py tests/catalog/publishing/test_change_sets.py tests/catalog/publishing/test_incidents.py \
	tests/catalog/search/test_facet_index.py tests/catalog/admin/test_desk.py tests/catalog/admin/test_prices.py \
	tests/catalog/webhooks/test_deliveries.py tests/catalog/webhooks/test_retries.py tests/config/test_serve.py tests/config/test_sitemaps.py tests/skills/test_files.py \
	tests/bundled/test_copied_snippets.py tests/bundled/test_gateway_by_hand.py tests/bundled/test_end_of_life.py \
	tests/pages/test_end_of_life.py tests/catalog/webhooks/test_arrived_dates.py tests/catalog/search/test_successors.py \
	tests/catalog/exchange/test_price_doubts.py tests/catalog/publishing/test_promotions.py
test-on: .venv/requirements-dev.stamp
	@env $$(PYTHONPATH=$(CURDIR)/tests $(PY) -m machine_clock $(or $(DAY),2027-12-01)) $(TOOLS) \
		$(PY) -m pytest $(SPREAD) $(RING:%=--ring %) $(or $(PYTEST),$(DATED_TESTS))

bench: .venv/requirements-dev.stamp
	@PYTHONPATH=$(CURDIR):$(CURDIR)/site:$(CURDIR)/tests $(PY) -m bench $(BENCH)

gateway: .venv/requirements-dev.stamp
	@PYTHONPATH=$(CURDIR):$(CURDIR)/tests$(PYTHONPATH:%=:%) exec $(PY) -m gateway --port $(or $(GATEWAY_PORT),9000)

# How long each language took is read from what pytest writes here.
RESULTS := var/proven.xml
prove: tools
	@PROOFS=write $(TOOLS) $(PY) -m pytest $(SPREAD) --junitxml $(RESULTS) tests/bundled/test_snippets_run.py tests/e2e/test_snippets_hostile.py \
		-k 'every_call or arrive_as_meant'
	@PYTHONPATH=$(CURDIR):$(CURDIR)/tests $(PY) -m snippet_report $(RESULTS)

shots: .venv/requirements-dev.stamp
	@PYTHONPATH=$(CURDIR):$(CURDIR)/tests $(PY) -m shots $(SHOTS)

messages: .venv/requirements-dev.stamp
	@PYTHONPATH=$(CURDIR):$(CURDIR)/site:$(CURDIR)/tests $(PY) -m words $(TAG)

# `make -j2 check` does two parts side by side; with RULES empty, `make test` alone runs the tests among them.
RULES := check-rules
check: check-style check-types $(RULES) check-catalog

# Styles and scripts: where npm could not install the linter, this says so, and fails under CI.
BIOME := tests/node/node_modules/.bin/biome
check-style: tools
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	git ls-files -z 'templates/*.html' | xargs -0 .venv/bin/djade --check --target-version 5.2
	@if [ -x $(BIOME) ]; then echo $(BIOME) check static/css static/js; \
		$(BIOME) check --config-path=tests/node/biome.jsonc --error-on-warnings static/css static/js; \
		else echo "$(BIOME) is not installed: CSS and JavaScript are not checked."; [ "$$CI" != true ]; fi

check-types: tools
	$(TOOLS) .venv/bin/mypy
	$(TOOLS) .venv/bin/lint-imports

check-rules: tools
	$(TOOLS) $(PY) -m pytest -q -n0 tests/test_house.py tests/test_architecture.py tests/test_plain_names.py \
		tests/test_one_door.py tests/words/test_said.py

check-catalog: tools
	$(PRODUCTION) $(PY) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
		unset SECRET_KEY SITE_URL ALLOWED_HOSTS && \
		export CATALOG_VAR="$$scratch" DATABASE_URL="sqlite:///$$scratch/check.sqlite3" && \
		$(PY) manage.py migrate --verbosity 0 && \
		$(PY) manage.py load_catalog && \
		$(PY) manage.py check_catalog

lock: .venv/requirements-dev.stamp
	.venv/bin/$(COMPILE) -o requirements.txt
	.venv/bin/$(COMPILE) --group test -c requirements.txt -o requirements-test.txt
	.venv/bin/$(COMPILE) --group dev -c requirements-test.txt -o requirements-dev.txt

clean:
	rm -rf .venv var/static dist tests/node/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find catalog site tests -name __pycache__ -prune -exec rm -rf {} +
