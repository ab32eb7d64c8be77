# Everything a person or a machine does with this checkout. `make` alone lists it.
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && { echo $$p; break; }; done)
SETUP = $(or $(PYTHON),$(error Python 3.11 or newer is needed; on Debian and Ubuntu: apt install python3 python3-venv)) network/setup.py

.DEFAULT_GOAL := help
.PHONY: help run start test test-tools check bench format messages migrations pictures

help: ## this list
	@echo "Verbund: the office of an umbrella association. What this checkout can do:"
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name what; do \
		printf '  make %-11s %s\n' "$$name" "$$what"; done

run: ## the demo association, in its own database; PORT=… and HOST=… change the address
	@$(SETUP) -- -m network demo

start: ## your own association: asks for its name, e-mail and first person, prints a link to sign in
	@$(SETUP) -- -m network start

test: ## every test that can run here; says what cannot. ARGS="-k waiting" narrows it
	@$(SETUP) --tests -- tests/run.py $(ARGS)

test-tools: ## install and start what the tests use: Chromium, PostgreSQL, Redis, smtp-sink, wrk, pdftotext, faketime (as root)
	@bash .ci/test-tools

check: ## format, lint, types, import rule, translations, migrations: what CI runs before the tests
	@$(SETUP) --tests -- tests/check.py

bench: ## the benchmarks, as a table of ratios measured in one run
	@$(SETUP) --tests -- tests/bench/run.py $(ARGS)

format: ## put the code into its one format
	@$(SETUP) --tests -- -m ruff format
	@$(SETUP) --tests -- -m ruff check --fix

messages: ## gather new texts for translation into network/locale/de/LC_MESSAGES/messages.po
	@$(SETUP) --tests -- -m babel.messages.frontend -q extract -F network/locale/babel.cfg -k _l \
		--sort-output --no-location -o network/locale/messages.pot network mailing templates
	@$(SETUP) --tests -- -m babel.messages.frontend -q update --ignore-obsolete --no-fuzzy-matching -w 120 \
		-i network/locale/messages.pot -d network/locale -l de
	@rm -f network/locale/messages.pot

migrations: ## write the migration for changed tables: make migrations app=network desc="what changes"
	@$(if $(desc),,$(error Say what changes: make migrations app=network desc="what changes"))
	@PICCOLO_CONF=network.piccolo_conf $(SETUP) -- -m piccolo.main migrations new $(or $(app),network) --auto --desc="$(desc)"

pictures: ## take the README's pictures anew, from a fresh demo
	@$(SETUP) --tests -- tests/journeys/take_pictures.py
