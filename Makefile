# Two commands: `make run` and `make test`. Everything else serves them.
PYTHON ?= python3
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup run test format openapi

help: ## Say what can be typed.
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

setup: ## Install everything that the project needs, for running and for testing.
	@$(PYTHON) scripts/bootstrap.py --dev

run: ## Start everything on this machine; PORT and OIC_STATE_DIR choose port and state folder.
	@$(PYTHON) scripts/bootstrap.py
	@exec $(VENV) -m oicmediation.runtime

test: ## Check everything; ends with pytest's closing line.
	@$(PYTHON) scripts/bootstrap.py --dev
	@exec $(VENV) scripts/check.py

format: ## Rewrite Python and templates in the house style.
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .
	@find templates -name '*.html' -exec .venv/bin/djade {} +

openapi: ## Renew docs/openapi.yaml from the code.
	@$(VENV) scripts/with_servers.py -- $(VENV) manage.py spectacular --validate --file docs/openapi.yaml
