# make run · test · check · backup · restore · bench · faults · record. Each one sets up whatever it needs. Works with GNU make 3.81 (macOS) and later.
python := .venv/bin/python
compile := $(python) -m uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --quiet --custom-compile-command "make requirements"
# More processes than cores, for tests mostly wait. How they share the tests: tests/sharing.py.
tests := $(python) -m pytest --numprocesses $(shell expr 2 \* $$(getconf _NPROCESSORS_ONLN)) --maxschedchunk 1 --durations 10

# Without a proxy its few tests are left out, and say so; in CI none may be.
proxy := bin/proxy || [ -z "$$CI" ]

# Some shells ask for no compiled files. A suite starts hundreds of processes, each of which would compile all of this anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check backup restore bench load bench-against faults record requirements

help:
	@echo "make run           starts the site and prints its address; Ctrl-C stops it (PORT=8001 make run: on another port)"
	@echo "make test          runs all tests (ARGS='-k quiz' some of them)"
	@echo "make check         linters, types, layers, migrations, production settings, content, then all tests"
	@echo "make backup        writes all that is kept to one file, while the site runs (TO=file.zip)"
	@echo "make restore       puts a backup in place: FROM=file.zip (REPLACE=1: in place of what is there)"
	@echo "make bench         measures the site and writes docs/benchmarks.md (ARGS='many-runs' a part of it)"
	@echo "make load          lets classes of 200 and 500 learners work for a minute, and writes how that went there"
	@echo "make bench-against COMMIT=...  answers a second, of that commit and of this checkout by turns"
	@echo "make faults        loses each part of the deployment while a load goes on, and writes docs/faults.md"
	@echo "make record        clicks through the lessons in a real browser, runs the experiments, and writes what is recorded of them"
	@echo "make requirements  writes requirements.txt and requirements-dev.txt from the .in files"

run:
	@bin/setup run
	@$(python) -m config.run

test:
	@bin/setup dev
	@bin/browser
	@$(proxy)
	@$(tests) $(ARGS)

check:
	@bin/setup dev
	@bin/browser
	@$(proxy)
	@bin/check
	@$(tests) $(ARGS)

bench:
	@bin/setup dev
	@$(python) -m tests.bench $(ARGS)

load:
	@bin/setup dev
	@$(python) -m tests.load $(ARGS)

# The other commit gets a folder and packages of its own, and stays there for the next time.
bench-against:
	@bin/setup dev
	@test -n "$(COMMIT)" || { echo "say which: make bench-against COMMIT=..."; exit 2; }
	@test -d var/against/$(COMMIT) || git worktree add --detach var/against/$(COMMIT) $(COMMIT)
	@cd var/against/$(COMMIT) && bin/setup dev
	@$(python) -m tests.bench.against var/against/$(COMMIT) $(ARGS)

backup:
	@bin/setup run
	@$(python) -m config.backup save $(or $(TO),backups/offload-$(shell date +%Y%m%d-%H%M%S).zip)

restore:
	@test -n "$(FROM)" || { echo "which one? make restore FROM=backups/offload-….zip"; exit 2; }
	@bin/setup run
	@$(python) -m config.backup restore "$(FROM)" $(if $(REPLACE),--replace)

faults:
	@bin/setup dev
	@bin/proxy
	@$(python) -m tests.faults $(ARGS)

record:
	@bin/setup dev
	@bin/browser
	@$(python) -m tests.record

requirements:
	@bin/setup dev
	@$(compile) requirements.in -o requirements.txt
	@$(compile) requirements-dev.in -o requirements-dev.txt
