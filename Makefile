# One command for each thing a person does here. `make` alone explains them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
JS_TOOLS := tools/javascript

.DEFAULT_GOAL := help
.PHONY: help run test check format types types-js tests properties browser screenshots sample docs language drawing-library benchmarks clean

help: ## Say what can be made
	@echo "The network health dashboard."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "PORT=8600 make run serves on another port; PYTHON=python3.12 make run takes another Python (3.11 or newer)."

run: $(VENV)/.run ## Install what is needed and open the dashboard, for this machine alone
	$(BIN)/python -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT) --server.showEmailPrompt false

test: $(VENV)/.dev check types types-js tests ## Lint, types, tests and browser tests: all that CI runs

check: $(VENV)/.dev ## Lint and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.dev ## Put the code in its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.dev ## Types, strictly
	$(BIN)/mypy

types-js: $(JS_TOOLS)/node_modules/.made ## Types of the map's JavaScript (Node comes with the Python packages)
	$(BIN)/node $(JS_TOOLS)/node_modules/typescript/bin/tsc -p nethealth/network/map/static

tests: $(VENV)/.dev ## All tests, those in a browser too
	@chromium="$$(sh tests/browser/chromium.sh $(BIN)/python)" && \
	CHROMIUM="$$chromium" $(BIN)/python -m pytest -n 3 --dist loadgroup

properties: $(VENV)/.dev ## Look for new examples that break a property, by another seed each time (or SEED=7)
	$(BIN)/python -m pytest -n 3 -m "not browser" --hypothesis-seed=$(or $(SEED),$$(date +%s))

browser: $(VENV)/.dev ## Only the journeys in a real browser
	@chromium="$$(sh tests/browser/chromium.sh $(BIN)/python)" && \
	CHROMIUM="$$chromium" $(BIN)/python -m pytest tests/browser

screenshots: $(VENV)/.dev ## Take the pictures that README shows
	@chromium="$$(sh tests/browser/chromium.sh $(BIN)/python)" && \
	CHROMIUM="$$chromium" $(BIN)/python docs/make_screenshots.py

sample: $(VENV)/.run ## Make the sample network again
	$(BIN)/python data/sample/make_sample.py

docs: $(VENV)/.run ## Write the pages on metrics, columns, and terms from the code
	$(BIN)/python docs/make_measures.py && $(BIN)/python docs/make_columns.py && $(BIN)/python docs/make_glossary.py

language: $(VENV)/.dev ## Print the reading grade of the app's sentences, and the hardest of them
	$(BIN)/python docs/language_report.py

drawing-library: $(VENV)/.dev ## Build the map's drawing library again from npm
	PATH="$(CURDIR)/$(BIN):$$PATH" sh docs/make_drawing_library.sh

benchmarks: $(VENV)/.dev ## Measure what is promised, beside its peers
	@chromium="$$(sh tests/browser/chromium.sh $(BIN)/python)" && \
	CHROMIUM="$$chromium" $(BIN)/python -m benchmarks

clean: ## Take away what was installed and cached here
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The dashboard needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: PYTHON=python3.12 make run" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python could not make a virtual environment. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(JS_TOOLS)/node_modules/.made: $(VENV)/.dev $(JS_TOOLS)/package.json $(JS_TOOLS)/package-lock.json
	$(BIN)/npm ci --silent --no-audit --no-fund --prefix $(JS_TOOLS)
	@touch $@
