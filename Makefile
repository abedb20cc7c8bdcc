.DEFAULT_GOAL := help
.PHONY: help run test setup dev fmt clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install what is missing, build, and start Tenanta with the demonstration
	@exec scripts/run.sh $(ARGS)

test: ## Run every check and test
	@exec scripts/test.sh

setup: ## Install what building, running and testing need
	@exec scripts/setup.sh test

dev: ## Start a debug server, and the client with live reload
	@exec scripts/dev.sh $(ARGS)

fmt: ## Format the code
	@cargo fmt --all
	@npm --prefix web run format

clean: ## Remove what was built; the data in .tenanta stays
	@cargo clean
	@rm -rf web/dist web/node_modules
