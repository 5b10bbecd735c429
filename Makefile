# Every command of the project. The first use makes .venv and, as root on Debian, installs what Qt needs.
#   PYTHON=python3.12 make test      another interpreter (with VENV=.venv312 to keep both)

VENV  ?= .venv
PY    := $(VENV)/bin/python
READY := $(VENV)/.ready
# Caches of pip, fontconfig and Qt stay in the checkout, so that nothing is written elsewhere and HOME may be unset.
export XDG_CACHE_HOME := $(CURDIR)/build/cache
CHECKED := congdoan_desktop installer tests
# What decides whom to believe and which version wins: every branch is tested.
GUARDED := $(addprefix congdoan_desktop/, domain/revisions.py \
	$(addprefix packages/, acceptance.py bag.py bodies.py container.py envelope.py feeds.py fields.py header.py \
	lines.py reader.py sealing.py sshsig.py trust.py writer.py))
GUARDS := tests/packages tests/domain
empty :=
comma := ,

.DEFAULT_GOAL := help
.PHONY: help run demo test cover long soak bench check test-deps lock clean

help:
	@echo "make run        open the program"
	@echo "make demo       do the main job in the real windows; pictures, papers and packages in build/demo"
	@echo "make test       lint, types, contracts and all tests that are not long (10 minutes at most)"
	@echo "make cover      all tests that are not long, with branch coverage of the whole in build/coverage/html"
	@echo "make long       the long tests, with the counts of every build (30 minutes at most)"
	@echo "make soak       the long tests without mercy (hours)"
	@echo "make bench      start, unlocking, saving, Excel and memory beside their floors, also in build/bench.json"
	@echo "make check      lint, types and contracts alone"
	@echo "make test-deps  the Debian tools that tests compare with (LibreOffice, age, strace, ...)"
	@echo "make lock       choose new versions and write installer/requirements.lock"
	@echo "make clean      remove the environment and everything made"

$(READY): installer/requirements.lock installer/venv.sh installer/debian.sh
	@installer/debian.sh window
	@installer/venv.sh $(VENV)
	@touch $@

run: $(READY)
	@$(PY) -m congdoan_desktop

demo: $(READY)
	@$(PY) -m tests.demo

check: $(READY)
	$(PY) -m ruff check $(CHECKED)
	$(PY) -m ruff format --check $(CHECKED)
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --cache-dir build/cache/import-linter

# Tracing costs half as much again, so here only what is guarded is traced; `make cover` traces the whole.
test: check
	@mkdir -p build/coverage && rm -f build/coverage/data*
	$(PY) -m pytest -m "not long" -n 2 --dist worksteal --cov --cov-report= $(GUARDS)
	@ls $(GUARDED) >/dev/null
	$(PY) -m coverage report --fail-under=100 --include=$(subst $(empty) $(empty),$(comma),$(strip $(GUARDED)))
	$(PY) -m pytest -m "not long" -n 2 --dist worksteal $(addprefix --ignore=,$(GUARDS))

cover: $(READY)
	@mkdir -p build/coverage && rm -f build/coverage/data*
	$(PY) -m pytest -m "not long" -n 2 --dist worksteal --cov --cov-report=html:build/coverage/html --cov-report=term

long: $(READY)
	$(PY) -m pytest -m "long or scaled" --scale=build

soak: $(READY)
	$(PY) -m pytest -m "long or scaled" --scale=soak

bench: $(READY)
	@$(PY) -m tests.bench

test-deps:
	@installer/debian.sh tests

lock: $(READY)
	$(PY) installer/lock.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
	find congdoan_desktop installer tests -name __pycache__ -type d -prune -exec rm -rf {} +
