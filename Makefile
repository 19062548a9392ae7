# make run: set up, read the examples, serve the web app.   make test: set up, pass the tests.
PYTHON ?= python3.11
BIN := .venv/bin
ATLAS := out/examples.sqlite

.PHONY: setup run test lint verify lock clean

setup: .venv/.ready

.venv/.ready: pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

run: setup
	mkdir -p out
	$(BIN)/yanzhen build examples/documents --atlas $(ATLAS) --workers 2
	$(BIN)/yanzhen serve --atlas $(ATLAS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/yanzhen data check
	$(BIN)/pytest -m "not slow"

verify: setup
	$(BIN)/pytest -m slow

# Pins every package for all platforms and Python versions that the project supports.
lock:
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --no-emit-index-url --no-header -q -o requirements.lock

clean:
	rm -rf .venv out build dist
