# The commands of daily work; `make help` lists them. A fresh machine needs Python 3.11 or later, and make.

# Ignores variables meant for another Python or project; modules are compiled once, not at each start.
unexport PYTHONHOME PYTHONPATH PYTHONSAFEPATH PYTHONOPTIMIZE PYTHONWARNINGS PYTHONDONTWRITEBYTECODE DJANGO_SETTINGS_MODULE

PORT ?= 8000
SITE ?= http://127.0.0.1:$(PORT)
IS_PYTHON := -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python $(IS_PYTHON) && echo $$python && break; done)
ENV := .venv/bin/python
MANAGE := $(ENV) manage.py
TESTS ?= tests
# Settings as on a production server, so that no check depends on a developer's own .env.
PRODUCTION := ENV_FILE=/dev/null DEBUG=off HTTPS=on ALLOWED_HOSTS=dyad.example \
	SECRET_KEY=a-value-of-fifty-characters-or-more-for-the-checks-only-0123456789
LOCKS := requirements-installer requirements requirements-dev
# The digest of all requirements*.in together; each lock file has it in its header.
DIGEST = $(shell cat $(LOCKS:=.in) | git hash-object --stdin)
UV_COMPILE = $(ENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock, of requirements*.in $(DIGEST)"

.DEFAULT_GOAL := help
.PHONY: help run dev test browser tour check format stop lock backup restore clean agreement shapes names bench mutants drills runtime tools locks

help: ## List these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS="$$(printf '\t')" read -r verb help; do \
		printf '  make %-10s %s\n' "$$verb" "$$help"; done

run: runtime ## Serve the site at http://127.0.0.1:8000/ as in production (PORT=8123 for another port; EXAMPLE=off without the example)
	@exec $(MANAGE) serve --port $(PORT)

dev: runtime ## Serve it for development, with error pages and a restart at every change
	@DEBUG=on $(MANAGE) prepare && DEBUG=on exec $(MANAGE) runserver 127.0.0.1:$(PORT)

test: tools ## Run all tests (TESTS=tests/config for some)
	@$(ENV) -m pytest -n 2 --dist worksteal $(TESTS)

browser: tools ## Install Chromium for the browser tests, unless there is one
	@$(ENV) -m tests.e2e.browser

tour: tools ## Take the pictures of docs/tour.md from a running site (SITE=http://127.0.0.1:8000)
	@$(ENV) -m tests.e2e.tour $(SITE)

check: locks tools ## Check style, types, templates, missing migrations, deployment settings, locked requirements
	$(ENV) -m ruff check .
	$(ENV) -m ruff format --check .
	$(PRODUCTION) $(ENV) -m mypy
	git ls-files '*.html' | xargs -r .venv/bin/djade --check --target-version 5.2
	$(PRODUCTION) $(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

format: tools ## Rewrite code and templates in the house style
	@$(ENV) -m ruff check --fix .
	@$(ENV) -m ruff format .
	@git ls-files '*.html' | xargs -r .venv/bin/djade --target-version 5.2

stop: ## Stop the embedded database
	@if [ -x $(ENV) ] && [ -f .env ]; then $(MANAGE) stop_database; else echo "Nothing has been started here."; fi

lock: tools ## Compile requirements*.in (ARGS=--upgrade for newer versions)
	@for name in $(LOCKS); do $(UV_COMPILE) $(ARGS) $$name.in -o $$name.txt || exit 1; done

locks:
	@digest=$(DIGEST); for name in $(LOCKS); do grep -q "^#  .* $$digest$$" $$name.txt || \
		{ echo "$$name.txt was not compiled from the present requirements*.in: run make lock." >&2; exit 1; }; done

backup: runtime ## Write the database to FILE=…
	@$(MANAGE) backup "$(FILE)"

restore: runtime ## Replace the database with FILE=…
	@$(MANAGE) restore "$(FILE)"

clean: ## Remove everything that can be rebuilt; the database stays
	rm -rf .venv var/static .ruff_cache .mypy_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

agreement: runtime ## Compare the two codings of the document, field by field
	@$(ENV) docs/coding/agreement.py

shapes: tools ## Rebuild the outlines of the maps from Natural Earth (npm package world-atlas)
	@npm pack --silent --pack-destination /tmp world-atlas@2.0.2 && tar -xzf /tmp/world-atlas-2.0.2.tgz -C /tmp package/countries-50m.json
	@$(ENV) docs/map/shapes.py /tmp/package/countries-50m.json

names: tools ## Rebuild the names of countries in other languages from Unicode's CLDR (npm package)
	@npm pack --silent --pack-destination /tmp cldr-localenames-full@48.2.0 && tar -xzf /tmp/cldr-localenames-full-48.2.0.tgz -C /tmp package/main package/LICENSE
	@$(ENV) docs/names/foreign.py /tmp/package/main && cp /tmp/package/LICENSE fixtures/reference/foreign_names.LICENSE.txt

bench: tools ## Measure the site at 100,000 events (ROWS="10000 1000000" for other sizes), imports, every kind of page, and cached pages
	@$(ENV) -m bench
	@ROWS=5000 $(ENV) -m bench.imports
	@$(ENV) -m bench.pages
	@$(ENV) -m bench.again

mutants: tools ## Put faults into the code and print those that no test notices (ARGS="relations/paging.py --every 5")
	@$(ENV) -m bench.mutants $(ARGS)

drills: tools ## Overload and break a site of its own on purpose, and report what visitors see
	@$(ENV) -m bench.drills

runtime tools:
	@python="$(PYTHON)"; $${python:-false} $(IS_PYTHON) || \
		{ echo "Dyad needs Python 3.11 or later, and $${python:-python3} is older or missing: PYTHON=… names another." >&2; \
		exit 1; }; \
	exec $$python -I config/bootstrap.py requirements.txt $(if $(filter tools,$@),requirements-dev.txt)
