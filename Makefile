# The commands of the house. `make test` is all that CI runs.

.DEFAULT_GOAL := help
.PHONY: help bootstrap build test soak browser check format bench dist new-connector clean

# Run apart from the modules' tests: those that keep every core busy and starve whatever waits beside them, the connectors
# with their providers, those of the project's own frame, and the binary's journeys.
BUSY := ^Max(Store|Sync|Query)Tests\.
CONNECTORS := ^([A-Za-z0-9]+ConnectorTests|MaxTestingTests|SampleConformanceTests)\.
FRAME := ^(LayeringTests|DocumentationTests|ScriptsTests)\.
JOURNEYS := ^Journeys\.

SWIFT_FILES := Package.swift $(wildcard Benchmarks) Connectors Sandbox Scripts Sources Tests

help: ## Lists these commands.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

bootstrap: # The packages named here are needed by tests and benchmarks alone.
	@Scripts/bootstrap.sh sqlite3 openssl procps dovecot-imapd python3

build: bootstrap ## Builds everything, tests included; a warning is an error.
	swift build --build-tests

test: check build ## Checks the format, builds with warnings as errors, and runs every test.
	@Scripts/swift-tests.sh --skip '$(JOURNEYS)|$(FRAME)|$(BUSY)|$(CONNECTORS)'
	@Scripts/swift-tests.sh --filter '$(BUSY)'
	@Scripts/swift-tests.sh --filter '$(CONNECTORS)'
	@Scripts/swift-tests.sh --filter '$(FRAME)'
	@Scripts/swift-tests.sh --filter '$(JOURNEYS)'
	@Scripts/browser-tests.sh

soak: build ## Lets everything go wrong for long: make soak ROUNDS=100, or SEED=7 to play one round again.
	MAX_SOAK=$(or $(ROUNDS),20) MAX_SOAK_SEED=$(SEED) Scripts/swift-tests.sh --filter '^Journeys\.CampaignTests'

browser: ## Runs the console's tests in a real browser; pictures in .build/browser-pictures.
	swift build --product max
	@Scripts/browser-tests.sh

check: ## Checks the format of every Swift file.
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)

format: ## Formats every Swift file in place.
	swift format format --in-place --parallel --recursive $(SWIFT_FILES)

bench: bootstrap ## Builds in release mode and prints the benchmarks.
	@Scripts/bootstrap.sh isync python3-venv
	@Scripts/build.sh release max
	@Scripts/build.sh release max-benchmarks
	@$(CC) -O2 -o .build/release/bare-upserts Benchmarks/Bare/main.c -lsqlite3
	@.build/release/max-benchmarks

dist: ## Makes the archive that people install, in .build/dist.
	@Scripts/dist.sh

new-connector: ## Adds a connector: make new-connector NAME=Example
	@Scripts/new-connector.sh "$(NAME)"

clean: ## Removes everything that was built.
	swift package clean
