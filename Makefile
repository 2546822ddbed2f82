# Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run test check coverage bench lint lint-fast audit sbom format lock clean

run: $(VENV)/run.stamp
	$(BIN)/python app.py

# The inner loop: style, types, contracts, and every test that needs no server, browser or jail.
check: $(VENV)/dev.stamp lint-fast
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.javascript_install
	$(BIN)/python -m pytest --fast -n auto --maxprocesses 4 --dist loadfile

test: $(VENV)/dev.stamp lint-fast
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m tests.deploy.install
	$(BIN)/python -m tests.jail_install
	$(BIN)/python -m tests.javascript_install
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

# Which branches the fast tests never take, file by file.
coverage: $(VENV)/dev.stamp
	rm -rf build/coverage && mkdir -p build/coverage
	$(BIN)/coverage run -m pytest --fast -n auto --maxprocesses 4 --dist loadfile
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.live

lint-fast: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint: lint-fast
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.vulnerabilities

# Whether what ships has a known vulnerability; says loudly where that could not be looked up.
audit: $(VENV)/dev.stamp
	$(BIN)/python -m tests.vulnerabilities

# What ships, as CycloneDX JSON.
sbom: $(VENV)/dev.stamp
	$(BIN)/python -m tests.sbom build/sbom.cdx.json

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m interview_kit.web.types
	$(BIN)/python -m tests.javascript_install
	npx --no-install prettier --write --log-level=warn "interview_kit/web/assets/**/*.{js,ts}" "tests/javascript/*.js"

# Pins with hashes, and without any index's address.
lock: $(VENV)/dev.stamp
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --upgrade \
	  --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --upgrade \
	  --extra build --extra dev pyproject.toml -o requirements-dev.lock

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The kit needs Python 3.11 or newer; say which with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) node_modules build *.egg-info
