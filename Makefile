# Two commands matter: `make lab` opens the course, `make test` proves that it works.
# Everything they make stays inside this folder; once installed, both work offline.

.DEFAULT_GOAL := help
.PHONY: help lab teach hub-demo test quick proofs sandboxes pythons setup tools lint release outputs answers site benchmark lock clean
SHELL := /bin/sh

# Recipes name the environment from here, because the path to here may hold a space.
VENV ?= .venv
BIN := $(VENV)/bin
PACKAGES := $(VENV)/packages-installed
COURSE := $(VENV)/course-installed
TEACH := $(VENV)/teach-installed
TOOLS := $(VENV)/tools-installed
PROXY := hub/node_modules/.bin/configurable-http-proxy
PYTHONS := $(PYTHON) python3 python3.13 python3.12 python3.11
OTHERS ?= python3.11 python3.12 python3.13
# Measured on Linux; the README says the same.
FETCHED := 0.5 GB
INSTALLED := 2.0 GB
INSTALLED_WITH_TOOLS := 2.4 GB
PIN := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --custom-compile-command "make lock" --quiet pyproject.toml
# Whose notebooks to open: a student may keep a copy of the folder and name it here.
NOTEBOOKS ?= $(CURDIR)/notebooks

export PATH := $(CURDIR)/$(BIN):$(PATH)
export JUPYTER_CONFIG_DIR := $(CURDIR)/.jupyter/config
export JUPYTER_DATA_DIR := $(CURDIR)/.jupyter/data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.jupyter/runtime
export IPYTHONDIR := $(CURDIR)/.jupyter/ipython
export MPLCONFIGDIR := $(CURDIR)/.jupyter/matplotlib
export KERAS_HOME := $(CURDIR)/.jupyter/keras
export XDG_CACHE_HOME := $(CURDIR)/.cache
export XDG_CONFIG_HOME := $(CURDIR)/.jupyter/xdg
export NPM_CONFIG_CACHE := $(CURDIR)/.cache/npm
# TensorFlow greets on standard error, which a graded cell must not have.
export TF_CPP_MIN_LOG_LEVEL := 3

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

lab: setup ## Open the course in JupyterLab (ARGS="--no-browser --port 8899" serves it headless)
	@$(BIN)/course lab "$(NOTEBOOKS)" $(ARGS)

teach: $(TEACH) ## Open the course with nbgrader's tools, which students do not see, at the formgrader
	@$(BIN)/course teach $(ARGS)

hub-demo: $(TEACH) $(PROXY) ## Serve a class on a JupyterHub of this machine, to try out (as root)
	@$(BIN)/python hub/demo.py $(ARGS)

test: export TQDM_DISABLE := 1
# Two workers share two cores: more threads of TensorFlow would only wait for each other.
test: export TF_NUM_INTRAOP_THREADS := 1
test: export TF_NUM_INTEROP_THREADS := 1
test: export OMP_NUM_THREADS := 1
test: STARTED := $(shell date +%s)
test: tools lint ## Run every test: code, exercises, notebooks, grading, browser
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder \
	  --doctest-modules --ignore-glob='**/answers.py' --nbval --nbval-current-env \
	  -m "not proof" course_utils tests solutions $(ARGS); status=$$?; \
	seconds=$$(($$(date +%s) - $(STARTED))); \
	echo "make test took $$((seconds / 60)) min $$((seconds % 60)) s."; exit $$status

quick: tools ## Run the tests that need neither a browser nor kernels nor much time
	$(BIN)/python -m pytest --numprocesses 2 --quiet --doctest-modules course_utils tests \
	  -m "not slow and not proof" --ignore tests/browser --ignore tests/grading --ignore tests/notebooks \
	  --ignore tests/website $(ARGS)

proofs: tools ## Run the tests that take minutes, of which `make test` runs quick versions
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m proof tests $(ARGS)

sandboxes: tools ## Try hostile submissions under Landlock, and (as root) for a plain user
	COURSE_SANDBOX=landlock $(BIN)/python -m pytest --quiet tests/grading/marking/test_hostile.py
	COURSE_EVERY_SANDBOX=1 $(BIN)/python -m pytest --quiet tests/sandbox/test_plain_user.py

pythons: ## Run the quick tests on every supported Python that is found here
	@for python in $(OTHERS); do \
	  version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || { \
	    echo "$$python is not here, so it is not tested."; continue; }; \
	  echo "Testing with Python $$version."; \
	  $(MAKE) quick VENV=.venv-$$version PYTHON=$$python || exit 1; done

lint: tools ## Check format, style, types, layers and spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

release: tools ## Make the students' notebooks/ from solutions/
	$(BIN)/course release

outputs: tools ## Run the solutions and save them with their outputs (ARGS=01_loading_data for one)
	$(BIN)/course outputs $(ARGS)

answers: tools ## Show what each exercise's right and wrong answers meet
	$(BIN)/course answers $(ARGS)

site: tools ## Build the course as a site without answers (ARGS=--check visits each page)
	$(BIN)/python -m website $(ARGS)

benchmark: tools ## Run the long proofs, and print every figure that the README and the lessons quote
	@[ -n "$(ARGS)" ] || $(MAKE) proofs
	$(BIN)/python -m benchmarks $(ARGS)

setup: $(COURSE) ## Create the environment for learning (`make lab` does it when it is needed)

tools: $(TOOLS) ## Add what the other commands need (they do it when it is needed)

$(PACKAGES): requirements/course.lock.txt
	@for python in $(PYTHONS); do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; \
	  then break; fi; python=; done; \
	if [ -z "$$python" ]; then \
	  echo "The course needs Python 3.11, 3.12 or 3.13, and found none of them." >&2; \
	  echo "Install one, or name it: make $(MAKECMDGOALS) PYTHON=/where/python3.12" >&2; exit 1; fi; \
	echo "Setting up the course in $(VENV) with $$($$python --version): once, a few minutes."; \
	echo "It fetches $(FETCHED), and takes $(INSTALLED) on the disk. Afterwards it works offline."; \
	$$python -m venv $(VENV) || { \
	  echo "Python could not make an environment (Debian: apt-get install python3-venv)." >&2; exit 1; }
	@$(BIN)/python requirements/install.py $<
	@touch $@

$(COURSE): $(PACKAGES) pyproject.toml $(wildcard setup.py course_utils/jupyter/*/*)
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-index --no-deps \
	  --no-build-isolation --editable .
	@touch $@

$(TEACH): requirements/teach.lock.txt $(PACKAGES) | $(COURSE)
	@echo "Adding what teaching a class takes: JupyterHub, Dask and nbdime."
	@$(BIN)/python requirements/install.py $<
	@touch $@

$(PROXY): hub/package-lock.json
	@command -v npm >/dev/null || { \
	  echo "The hub's proxy needs Node.js 20 or later with npm, and there is none." >&2; \
	  echo "Install it (Debian: apt-get install nodejs npm), then: make $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Adding the hub's proxy: 9 MB, once."
	@npm ci --prefix hub --omit=dev --silent || { \
	  echo "npm could not install the proxy: is there a network?" >&2; exit 1; }
	@touch $@

$(TOOLS): requirements/maintain.lock.txt $(PACKAGES) | $(COURSE)
	@echo "Adding what maintainers need: then it is $(INSTALLED_WITH_TOOLS) on the disk."
	@$(BIN)/python requirements/install.py $<
	@touch $@

lock: ## Pin the dependencies again (needs uv; ARGS=--upgrade takes the newest)
	$(PIN) $(ARGS) -o requirements/course.lock.txt
	$(PIN) --constraints requirements/course.lock.txt --extra teach -o requirements/teach.lock.txt
	$(PIN) --constraints requirements/teach.lock.txt --extra maintain -o requirements/maintain.lock.txt

clean: ## Remove all that these commands made
	rm -rf .venv .venv-* .jupyter .cache build *.egg-info hub/node_modules
