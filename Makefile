# Everything lives inside this folder: .tools (uv), .venv (packages), out (results).
PYTHON ?= python3
UV := .tools/bin/uv
PY := .venv/bin/python
VECTORS ?= ../shared/vectors

.PHONY: demo test check bench published lock clean

demo: .venv/run.ok
	.venv/bin/namsai demo --out out

test: .venv/test.ok check
	$(PY) -m pytest -n auto

check: .venv/test.ok
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: .venv/test.ok
	$(PY) -m benchmarks

published: .venv/test.ok
	$(PY) -m tests.published $(VECTORS)

$(UV):
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools uv

.venv/run.ok: $(UV) requirements/run.txt pyproject.toml
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements/run.txt
	$(UV) pip install --quiet --python $(PY) --no-deps -e .
	touch $@

.venv/test.ok: .venv/run.ok requirements/test.txt
	$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements/test.txt
	touch $@

lock: $(UV)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra centre --extra postgres pyproject.toml -o requirements/run.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra centre --extra postgres pyproject.toml --group test -c requirements/run.txt -o requirements/test.txt

clean:
	rm -rf .venv .tools out
