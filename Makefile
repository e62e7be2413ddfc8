# Everything this repository can do, as verbs. `make help` lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
READY := .venv/.ready

.PHONY: help
help:  ## print this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(READY)  ## make .venv with the project and all that its tests need

$(READY): requirements-dev.lock pyproject.toml
	tools/setup.sh requirements-dev.lock
	@touch $@

.PHONY: demo
demo: $(READY)  ## show what the example stack's contract says, and deploy it in the embedded sandbox
	tools/demo.sh

.PHONY: test
test: $(READY) engine servers browser clamav  ## run the tests
	$(BIN)/pytest -n 2

.PHONY: laws
laws: $(READY) engine  ## try the laws with examples that no run before had (make test tries the same ones each time)
	$(BIN)/pytest -n 2 -m hypothesis --hypothesis-profile=searching

.PHONY: engine
engine:  ## build the Pulumi engine that the engine tests and the sandbox use, where Go is there
	tools/engine.sh

.PHONY: servers
servers:  ## build the S3 server and the proxy, written by others, that some tests need, where Go is there
	tools/servers.sh

.PHONY: browser
browser:  ## get what the tests in a browser need: Chromium by apt-get as root, axe-core by npm
	tools/browser.sh

.PHONY: clamav
clamav:  ## get what the tests of quarantines need: the ClamAV daemon by apt-get as root
	tools/clamav.sh

.PHONY: coverage
coverage: $(READY)  ## prove that the tests reach every line and branch of the policy and lifecycle engines
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2 -m 'not timed' tests/iam tests/contract
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --include 'bucketwright/iam/*,bucketwright/contract/lifecycle/*' --fail-under 100

.PHONY: check
check: $(READY)  ## lint, format, types, import edges, generated files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python tools/import_edges.py
	$(BIN)/python tools/generated.py --check

.PHONY: docs
docs: $(READY)  ## write the generated files anew
	$(BIN)/python tools/generated.py

.PHONY: bench
bench: $(READY)  ## measure time and memory against their limits
	$(BIN)/python -m bench

.PHONY: peers
peers: $(READY)  ## install the scanners and tools that the benches compare with: minutes, and two gigabytes
	bench/peers.sh

.PHONY: minio
minio:  ## build MinIO, on which the tests show that sessions cannot reach each other (minutes; needs Go)
	tools/servers.sh bench/peers .peers

.PHONY: faults
faults: $(READY) servers  ## run audits under 240 seeded schedules of faults, by the tests' proxy and Toxiproxy (long)
	$(BIN)/python -m tests.faults.campaign

.PHONY: kills
kills: $(READY)  ## kill ledgers, audits, fixes, transfers, syncs at 50 points each; two writers, 1,000 keys (long)
	BUCKETWRIGHT_KILLS=50 BUCKETWRIGHT_RIVALS=1000 $(BIN)/pytest tests/audits/ledger/test_kills.py \
		tests/cli/test_audit_kills.py tests/cli/test_fix_kills.py tests/storage/transfer \
		tests/storage/patterns/test_kills.py

.PHONY: mutants
mutants: export PYTHONDONTWRITEBYTECODE :=
mutants: $(READY)  ## break the policy and lifecycle engines on purpose and count what the tests notice (long)
	$(BIN)/mutmut run $(ONLY)
	$(BIN)/python tools/mutants_killed.py

.PHONY: mutants-rules
mutants-rules: export PYTHONDONTWRITEBYTECODE :=
mutants-rules: $(READY)  ## break the rules on purpose and count what their examples and tests notice (long)
	$(BIN)/python -m tools.rule_mutants $(ONLY)

.PHONY: sarif
sarif: $(READY)  ## let Microsoft's validator judge the SARIF report (needs npm)
	tools/sarif.sh

.PHONY: new-rule
new-rule: $(READY)  ## begin a rule: make new-rule NAME=tls-only THEME=encryption
	$(BIN)/python tools/new_rule.py $(NAME) $(THEME)

.PHONY: lock
lock: $(READY)  ## write the lock files from pyproject.toml (newer versions: make lock LOCK=--upgrade)
	tools/lock.sh $(LOCK)
