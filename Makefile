# Each target sets up what it needs on a fresh machine. `make demo` and `make test` are the two to know.
VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= python3
HOME_DIR ?= demo-desk
SERVE ?= 1

.PHONY: audit venv peers ftm ray demo test lint gate seed soak lock docs clean

venv: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Other extractors and sketches, to be measured beside (benchmarks.clean, benchmarks.peers); nothing
# else needs them.
peers: venv
	$(VENV)/bin/uv pip install --quiet --python $(PY) --group peers

# FollowTheMoney's own package, which its export is read back with; compiles ICU.
ftm: venv
	$(VENV)/bin/uv pip install --quiet --python $(PY) --group ftm

# The engine of many machines, for its test; nothing else needs it.
ray: venv
	$(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements-ray.lock

demo: venv
	@$(VENV)/bin/dragoman demo --home $(HOME_DIR) $(if $(filter 0,$(SERVE)),--no-serve,)

# Two processes, each with whole files: what a file loads is loaded once.
test: venv lint
	$(PY) -m pytest -n 2 --dist loadfile

lint: venv
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/dragoman check --data

# Floors that a change may not lower (benchmarks/README.md).
gate: venv
	$(PY) -m pytest tests/gate

seed: venv
	@$(PY) -m benchmarks.seed $(FILE)

# What takes longer than a test run should: all that tests try a part of, 200 kills, 1,000 mutated
# pages, 2,000 articles in eight ways into a desk, a day of watching servers that misbehave, whether
# cost grows with the desk, and figures on all public development data.
soak: peers
	$(PY) -m pytest -m soak
	$(PY) -m benchmarks.soak
	$(PY) -m benchmarks.flat --only desk --sizes 10000 100000

# Wheel and sdist, tried in a fresh environment of each Python that is here.
release: venv
	deploy/check_wheel.sh

docs: venv
	$(PY) -m tests.docs.generate

# Known holes in what is locked; asks an outside service about each package.
audit: venv
	$(VENV)/bin/uv tool run pip-audit --disable-pip --require-hashes -r requirements.lock -r requirements-ray.lock

COMPILE := $(VENV)/bin/uv pip compile --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-emit-index-url --no-header --quiet

# Of the extra `ray` what it adds, in the versions of the others.
lock:
	$(COMPILE) pyproject.toml --group dev -o requirements.lock
	$(COMPILE) --group ray --constraint requirements.lock -o requirements-ray.lock

clean:
	rm -rf $(VENV) $(HOME_DIR) build dist
