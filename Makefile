# Everything a contributor runs. Each target first sets up what is missing; when nothing is, that takes a second.
# The work is in scripts/, in small functions; this file only names it.

SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help setup build serve test bench soak mutants fmt clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## Install what is missing: wasm32 target, Trunk, wasm-bindgen, wasm-opt, Chromium, ChromeDriver
	@scripts/setup.sh test

build: ## Build the release page into dist/
	@scripts/build.sh

serve: ## Build the release page and serve it on http://127.0.0.1:8080
	@scripts/serve.sh

test: ## Format check, lints, native tests, wasm tests, browser tests
	@scripts/test.sh

bench: ## Measure speed and size, beside mermaid and svg-sequence-diagram
	@scripts/bench.sh

soak: ## Random campaigns against the engine, links and texts, for about SOAK=minutes each
	@scripts/soak.sh

mutants: ## Break the engine on purpose, rule by rule, and see whether a test notices; ONLY=word tries a few
	@scripts/mutants.sh

fmt: ## Format all Rust code
	@cargo fmt --all

clean: ## Remove what was built in this checkout; the cached tools stay
	@rm -rf target dist node_modules bench/node_modules
