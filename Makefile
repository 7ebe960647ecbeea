# One command per task. `make` alone lists them.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8501
JS_TOOLS := tools/javascript
UV := $(shell command -v uv 2>/dev/null)
OLDEST ?= python3.11
NEWEST ?= python3.13

# Tests start many processes. Without bytecode on the disk, each would compile all our code again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check audit format types types-js tests pythons tests-without-browser lock properties walk browser screenshots sample docs language drawing-library benchmarks clean

help: ## List the commands
	@echo "The network health dashboard."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "To use another port: PORT=8600 make run. To use another Python (3.11 or newer): PYTHON=python3.12 make run."

run: $(VENV)/.run ## Install what the dashboard needs and open it, on this machine only
	$(BIN)/python -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT) --server.showEmailPrompt false

test: $(VENV)/.dev check types types-js tests ## Run everything that CI runs: lint, types, tests, and browser tests

check: $(VENV)/.dev ## Check lint rules, formatting, and security
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive nethealth pages app.py

audit: $(VENV)/.run ## Look for known holes in the packages we run on (asks the network)
	$(PYTHON) -m venv .venv-audit && .venv-audit/bin/python -m pip install --quiet pip-audit
	.venv-audit/bin/pip-audit --path "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

format: $(VENV)/.dev ## Fix lint problems and format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.dev ## Check types
	$(BIN)/mypy

types-js: $(JS_TOOLS)/node_modules/.made ## Check the types of the JavaScript (Node comes with the Python packages)
	$(BIN)/node $(JS_TOOLS)/node_modules/typescript/bin/tsc -p nethealth/network/map/static
	$(BIN)/node $(JS_TOOLS)/node_modules/typescript/bin/tsc -p nethealth/ui/chart_pictures
	$(BIN)/node $(JS_TOOLS)/node_modules/typescript/bin/tsc -p nethealth/ui/server/phones

tests: $(VENV)/.dev ## Run all tests, including those in a browser
	@chromium="$$(sh tests/browser/chromium.sh $(BIN)/python)" && \
	CHROMIUM="$$chromium" $(BIN)/python -m pytest -n 3 --dist loadgroup

pythons: ## Run the tests on the oldest and the newest Python, without a browser (OLDEST=python3.11 NEWEST=python3.13)
	$(MAKE) VENV=.venv-oldest PYTHON=$(OLDEST) tests-without-browser
	$(MAKE) VENV=.venv-newest PYTHON=$(NEWEST) tests-without-browser

tests-without-browser: $(VENV)/.dev
	$(BIN)/python --version
	$(BIN)/python -m pytest -n 3 --dist loadgroup -m "not browser" $(TESTS)

lock: ## Update uv.lock after a change of the requirements (needs uv)
	UV_DEFAULT_INDEX=https://pypi.org/simple uv lock

properties: $(VENV)/.dev ## Search for new examples that break a property, with a new seed each time (or SEED=7)
	$(BIN)/python -m pytest -n 3 -m "not browser" --hypothesis-seed=$(or $(SEED),$$(date +%s))

walk: $(VENV)/.dev ## Search for leaks in every option of every tab, for some minutes (NETHEALTH_APP=another version's folder)
	NETHEALTH_WALK=deep $(BIN)/python -m pytest tests/adversary

browser: $(VENV)/.dev ## Run only the browser tests
	@chromium="$$(sh tests/browser/chromium.sh $(BIN)/python)" && \
	CHROMIUM="$$chromium" $(BIN)/python -m pytest tests/browser

screenshots: $(VENV)/.dev ## Take the screenshots in the README
	@chromium="$$(sh tests/browser/chromium.sh $(BIN)/python)" && \
	CHROMIUM="$$chromium" $(BIN)/python docs/make_screenshots.py

sample: $(VENV)/.run ## Generate the sample network again
	$(BIN)/python data/sample/make_sample.py

docs: $(VENV)/.run ## Write the pages on metrics, columns, and terms from the code
	$(BIN)/python docs/make_metrics.py && $(BIN)/python docs/make_columns.py && $(BIN)/python docs/make_glossary.py

language: $(VENV)/.dev ## Print the reading grade of the app's sentences, and the hardest ones
	$(BIN)/python docs/language_report.py

drawing-library: $(VENV)/.dev ## Build the map's drawing library from npm again
	PATH="$(CURDIR)/$(BIN):$$PATH" sh docs/make_drawing_library.sh

benchmarks: $(VENV)/.dev ## Measure speed, compared with similar tools
	@chromium="$$(sh tests/browser/chromium.sh $(BIN)/python)" && \
	CHROMIUM="$$chromium" $(BIN)/python -m benchmarks

clean: ## Remove everything installed or cached here
	rm -rf $(VENV) .venv-oldest .venv-newest .venv-audit .pytest_cache .mypy_cache .ruff_cache .hypothesis

# With uv on the PATH, we install the versions in uv.lock. Without it, pip installs the newest that fit.
$(VENV)/.made:
ifdef UV
	@uv venv --quiet --python $(PYTHON) --allow-existing $(VENV)
else
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The dashboard needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: PYTHON=python3.12 make run" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python couldn't create a virtual environment. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }
endif
	@touch $@

UV_SYNC = UV_PROJECT_ENVIRONMENT=$(VENV) uv sync --quiet --locked --inexact --no-install-project
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/.run: $(VENV)/.made requirements.txt uv.lock
	$(if $(UV),$(UV_SYNC),$(PIP_INSTALL) -r requirements.txt)
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt uv.lock
	$(if $(UV),$(UV_SYNC) --extra dev,$(PIP_INSTALL) -r requirements.txt -r requirements-dev.txt)
	@touch $@

$(JS_TOOLS)/node_modules/.made: $(VENV)/.dev $(JS_TOOLS)/package.json $(JS_TOOLS)/package-lock.json
	$(BIN)/npm ci --silent --no-audit --no-fund --prefix $(JS_TOOLS)
	@touch $@
