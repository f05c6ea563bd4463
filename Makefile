# Every command prepares what it needs in .venv and is quick when nothing has changed.
# It takes make and Python 3.11 or newer, nothing else. Works with GNU Make 3.81 and later.

python = .venv/bin/python
setup = @sh requirements/setup.sh
from_npm = @$(python) requirements/npm.py
compile = $(python) -m uv pip compile --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
  --no-annotate --custom-compile-command "make lock" --quiet $(if $(UPGRADE),--upgrade)

.PHONY: help play test lint format bench docs screenshots bank-holidays lock image-check

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

play: ## open Signpost in your browser, with five invented people and no account
	$(setup) play
	$(from_npm) play
	@$(python) -m bot play $(ARGS)

test: ## run all tests; make test ARGS="tests/policy -k adult" runs some
	$(setup) dev
	$(from_npm) dev
	@$(python) -m pytest -n auto --dist worksteal $(ARGS)

lint: ## check style, types, import rules and sizes, and show everything that is found
	$(setup) dev
	@found=0; \
	$(python) -m ruff check . || found=1; \
	$(python) -m ruff format --check . || found=1; \
	$(python) -m mypy || found=1; \
	$(python) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo || found=1; \
	$(python) -m tests.architecture.limits || found=1; \
	exit $$found

format: ## put the code into the project's style
	$(setup) dev
	@$(python) -m ruff check --fix .
	@$(python) -m ruff format .

bench: ## compare speed with bare peers; make bench SHORT=1 is a few minutes
	$(setup) bench
	@$(python) -m benchmarks $(if $(SHORT),--short) $(ARGS)

docs: ## write the pages of docs/reference that are made from what the program runs
	$(setup) dev
	@$(python) -m bot docs docs/reference

screenshots: ## draw the pictures in docs/images again (needs Chromium)
	$(setup) dev
	$(from_npm) play
	@$(python) -m tests.play.screenshots

bank-holidays: ## write the table of bank holidays anew, for some more years
	$(setup) dev
	@$(python) -m tests.handlers.write_bank_holidays

lock: ## write requirements/*.txt from pyproject.toml; UPGRADE=1 takes newer versions
	$(setup) lock
	$(compile) pyproject.toml --output-file requirements/run.txt
	$(compile) pyproject.toml --group play --constraints requirements/run.txt --output-file requirements/play.txt
	$(compile) pyproject.toml --group play --group dev --constraints requirements/play.txt --output-file requirements/dev.txt
	$(compile) pyproject.toml --group play --group dev --group bench --constraints requirements/dev.txt --output-file requirements/bench.txt
	$(compile) --group build --output-file requirements/build.txt
	$(compile) --group lock --output-file requirements/lock.txt
	$(compile) --group node --output-file requirements/node.txt

image-check: ## carry out the Dockerfile's steps in a temporary folder, with no engine
	$(setup) dev
	@$(python) -m tests.architecture.image
