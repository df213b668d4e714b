# Every target is one sentence; `make` alone prints them.

VENV := .venv/bin
PORT ?= 8000
FLOWER_PORT ?= 5555
MEDIA ?= media
WORKERS ?= 1
ARGS ?=
# Files of tests that run side by side.
JOBS ?= 2

# OpenBLAS ends its threads before every fork, and whoever waits for one of them waits for ever.
export OPENBLAS_NUM_THREADS := 1

# An environment made elsewhere (the folder was moved) counts as none.
ifneq ($(shell cat .venv/.ready 2>/dev/null),$(CURDIR))
.PHONY: .venv/.ready
endif

.DEFAULT_GOAL := help
.PHONY: help setup demo up test test-players uploads liars edits chaos check format bench api lock clean compose-test web page pictures

help: ## Print the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.ready ## Prepare .venv/ from the locked requirements (quick when nothing changed)
	@:

.venv/.ready: requirements/dev.txt requirements/tools.txt pyproject.toml .ci/setup
	@PYTHON="$(PYTHON)" .ci/setup

demo: setup ## Export a synthetic multicam programme through the real stack and check every frame
	@$(VENV)/export-service demo $(ARGS)

up: setup ## Run broker, worker, web and Flower on loopback until Ctrl-C (PORT=, FLOWER_PORT=, MEDIA=, WORKERS=)
	@$(VENV)/export-service up --media $(MEDIA) --port $(PORT) --flower-port $(FLOWER_PORT) --workers $(WORKERS)

test: setup ## Run every test (ARGS="-k name" for some of them, JOBS=1 one after the other)
	@$(VENV)/pytest --numprocesses $(JOBS) --dist loadfile $(ARGS)

test-players: setup ## Play programmes in Chromium, FFmpeg and GStreamer, and use the page; installs them where it may
	@.ci/players
	@$(VENV)/pytest --numprocesses $(JOBS) --dist loadfile tests/players tests/page $(ARGS)

uploads: setup ## Send a gigabyte by tus-js-client over a network that breaks ten times (ARGS="--bytes N")
	@$(VENV)/python -m tests.uploads $(ARGS)

liars: setup ## Export 200 damaged cameras and hold that none yields a wrong frame (ARGS="--count N --only N N")
	@$(VENV)/python -m tests.chaos.liars $(ARGS)

fuzz: setup ## Try 10,000 damaged films, 10,000 hostile configs and made-up calls of every kind (ARGS="media --count 500")
	@$(VENV)/python -m tests.fuzz $(ARGS)

chaos: setup ## Kill, freeze, cut off, wipe and fill, and hold that nothing is lost (ARGS="kills --kills 50")
	@$(VENV)/python -m tests.chaos $(ARGS)

compose-test: setup ## Build the containers, export through them while some are killed, check every frame; needs Docker
	@$(VENV)/python -m tests.compose

edits: setup ## Plan 100,000 random edits of random footage and hold what every plan must be (ARGS="--count N")
	@$(VENV)/python -m tests.worker.plan.edits $(ARGS)

check: setup ## Hold format, lint, types, import layers, docs and API descriptions against the code
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/mypy
	$(VENV)/lint-imports --no-logo --cache-dir .cache/import_linter
	$(VENV)/python -m export_service.openapi | diff -u docs/openapi.json -
	$(VENV)/python -m config_schema.jsonschema | diff -u docs/config.schema.json -
	$(VENV)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(VENV)/hadolint Dockerfile web/nginx/Dockerfile
	$(VENV)/pytest -q tests/docs tests/test_rooms.py tests/web/test_generated.py
	.ci/web client check
	.ci/web page check

format: setup ## Format the code and apply the lint's safe repairs
	@$(VENV)/ruff format .
	@$(VENV)/ruff check --fix .
	@.ci/web client format
	@.ci/web page format

web: setup ## Build web/client, the TypeScript client and its button, and run its tests
	@.ci/web client build
	@.ci/web client test

page: setup ## Build web/page, the page at /, into export_service/page, and run its tests
	@.ci/web page build
	@.ci/web page test

pictures: setup ## Take the pictures of the page in docs/images anew, in Chromium; look at them
	@$(VENV)/python -m tests.page.pictures

bench: setup ## Measure against plain FFmpeg and other programs, write docs/benchmarks.md (ARGS=smart: one case)
	@$(VENV)/python -m benchmarks $(ARGS)

api: setup ## Write docs/openapi.json and docs/config.schema.json from the code, and types and schemas for TypeScript from these
	@$(VENV)/python -m export_service.openapi > docs/openapi.json.part && mv docs/openapi.json.part docs/openapi.json
	@$(VENV)/python -m config_schema.jsonschema > docs/config.schema.json.part && mv docs/config.schema.json.part docs/config.schema.json
	@.ci/web client generate
	@.ci/web page generate

lock: setup ## Pin the newest allowed versions of everything into requirements/ with their hashes (ARGS=--upgrade)
	@.ci/lock $(ARGS)

clean: ## Remove what setup, tests and the demo made (never media/)
	rm -rf .venv .venv-tools .cache .ruff_cache .mypy_cache .pytest_cache .hypothesis .import_linter_cache demo-media dist build *.egg-info tests/uploads/node_modules
	rm -rf web/client/dist web/client/.test web/client/node_modules web/page/.built web/page/.test web/page/node_modules
	rm -rf web/examples/next/out web/examples/next/.next web/examples/next/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
