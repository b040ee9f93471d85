# Everything runs in .venv, which is made on first use from the hashed lock files in requirements/.
# Needed: make, a shell, Python 3.11 or newer, a package index. uv is used where it is installed.

PYTHON ?=
UV ?= uv
WORKERS ?= 2
TESTS ?=
CASE ?= essay
BENCH ?=
LOCK ?=

PYTHONS := $(or $(PYTHON),python3 python3.11 python3.12 python3.13 python3.14 python)
PY := .venv/bin/python
QUIET_PIP := --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check fix docs reference bench lock page open screenshots clean
unexport PYTHONPATH PYTHONHOME

help: ## Show what there is (make alone does this)
	@printf 'Tearline: share intelligence without burning the source\n\n'
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile
	@printf '\n  PYTHON=python3.12   the interpreter to use\n  TESTS=tests/unit    which tests to run\n'

demo: .venv/.core ## Decide the worked example; needs half a minute the first time
	@code=0; .venv/bin/tearline assess essay || code=$$?; \
	case $$code in 0|3|4) ;; *) exit $$code ;; esac
	@printf '\n%s\n' 'That was: tearline assess essay. What to try next:'
	@printf '  %s\n' \
	  '.venv/bin/tearline explain essay     which sentence points at whom, in bits' \
	  '.venv/bin/tearline frontier essay    how much could be said at how much exposure' \
	  '.venv/bin/tearline cases             the other cases shipped' \
	  '.venv/bin/tearline new               a case of your own, ten questions' \
	  'make open                            the same in the browser, to try other words' \
	  'docs/tutorial/your-first-tearline.md the same, explained step by step'

open: .venv/.web ## See a case in the browser (CASE=essay)
	@.venv/bin/tearline open $(CASE)

test: .venv/.dev ## Run all tests; says loudly what was skipped
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile $(TESTS)

check: .venv/.dev ## Ruff, mypy, import directions, documentation
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo --no-cache
	$(PY) -m pytest -q tests/unit/test_docs.py tests/unit/test_repository.py

fix: .venv/.dev ## Let ruff mend and format what it can
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

docs: .venv/.dev ## Run every example in the documentation
	$(PY) -m pytest -q tests/unit/test_docs.py

reference: .venv/.core ## Write the reference pages that follow from the code
	$(PY) tools/write_reference.py

bench: .venv/.web ## Measure against peers in throw-away environments (BENCH=--quick)
	$(PY) bench/run.py $(BENCH)

COMPILE := pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-annotate --no-emit-index-url $(LOCK) pyproject.toml --group build

page: node_modules/.made ## Fetch what the page loads besides its own files (npm)
	@mkdir -p src/tearline/web/static/build
	@cp node_modules/htmx.org/dist/htmx.min.js src/tearline/web/static/build/

screenshots: .venv/.dev ## Take a picture of every page state into build/screenshots (chromium)
	$(PY) -m tools.take_screenshots

lock: ## Renew the lock files, with uv (LOCK=--upgrade for newer versions)
	$(UV) $(COMPILE) --output-file requirements/core.txt
	$(UV) $(COMPILE) --extra web --constraints requirements/core.txt --output-file requirements/web.txt
	$(UV) $(COMPILE) --extra paper --constraints requirements/core.txt --output-file requirements/paper.txt
	$(UV) $(COMPILE) --extra web --extra paper --extra dev --constraints requirements/web.txt \
	  --constraints requirements/paper.txt --output-file requirements/dev.txt

clean: ## Remove .venv and everything else that was made
	rm -rf .venv bench/.venvs build dist node_modules src/tearline/web/static/build .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests bench experiments -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment -------------------------------------------------------------------------
# A stamp in .venv tells what is installed, so a second run costs nothing.

.venv/.made:
	@for candidate in $(PYTHONS); do \
	  "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  echo "Making .venv with $$("$$candidate" --version)"; \
	  if "$$candidate" -c 'import ensurepip, venv' 2>/dev/null; then "$$candidate" -m venv .venv; \
	  elif command -v $(UV) >/dev/null; then $(UV) venv --quiet --allow-existing --seed --python "$$candidate" .venv; \
	  else continue; fi && touch $@ && exit 0; \
	done; \
	echo 'make: no usable Python found (tried: $(PYTHONS)).' >&2; \
	echo 'Tearline needs Python 3.11 or newer with venv (on Debian: python3-venv), or uv. Say which: make PYTHON=...' >&2; \
	exit 1

# uv where there is one; pip where there is none or where uv does not know the index that pip knows.
define install
	@echo "Installing $(1) into .venv"
	@{ command -v $(UV) >/dev/null && $(UV) pip install --quiet --python $(PY) --require-hashes -r $(1) 2>/dev/null; } \
	  || $(PY) -m pip install $(QUIET_PIP) --require-hashes -r $(1)
endef

.venv/.core: .venv/.made requirements/core.txt pyproject.toml
	$(call install,requirements/core.txt)
	@$(PY) -m pip install $(QUIET_PIP) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.web: .venv/.core requirements/web.txt
	$(call install,requirements/web.txt)
	@touch $@

.venv/.dev: .venv/.core requirements/dev.txt
	$(call install,requirements/dev.txt)
	@touch $@

# The page works without it, so no npm is no failure; the browser tests say loudly what is missing.
node_modules/.made: package.json package-lock.json
	@npm ci --ignore-scripts && touch $@
