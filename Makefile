# make site: the archive, built.  make serve: the same, to read and to write.  make test: everything checked.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin

.PHONY: site serve test lint words lock bench bench-quick clean

site: .venv/.site
	@$(BIN)/sitrep build

serve: .venv/.site
	@$(BIN)/sitrep serve

test: .venv/.test lint
	@scripts/find-chromium > .venv/chromium
	@CHROMIUM="$$(cat .venv/chromium)" $(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/.test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# The texts of the interface, from templates and Python into the catalogues of all languages: see docs/translating.md.
words: .venv/.test
	@$(BIN)/pybabel --quiet extract --mapping-file=pyproject.toml --add-location=file --output-file=.venv/messages.pot .
	@$(BIN)/pybabel update --input-file=.venv/messages.pot --output-dir=builder/locale --width=110 \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

# The stamps say what was installed from which lock: nothing is set up again while that stays as it is.
.venv/.python:
	@test -n "$(PYTHON)" || { echo "Sitrep needs Python 3.11 or newer; install it, or say make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.site: .venv/.python pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/.test: .venv/.site requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

# Newer versions of what we depend on, within the ranges of pyproject.toml. The locks name no index.
lock: .venv/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --extra test pyproject.toml -o requirements-test.lock

# Everything, against all peers, in hours; and the limits alone, against Hugo, in minutes: see docs/benchmarks.md.
# Where making folders is slow, say BENCH=/dev/shm/bench (a folder in memory).
# BENCH_PYTHON is the Python that Sitrep and the other generators in Python get: the one of this project, or another.
BENCH := benchmarks/.work
BENCH_PYTHON := $(BIN)/python

bench: .venv/.site
	@$(BENCH_PYTHON) -m benchmarks.run all --work $(BENCH)

bench-quick: .venv/.site
	@$(BENCH_PYTHON) -m benchmarks.run limits --work $(BENCH)

clean:
	rm -rf .venv .sitrep
