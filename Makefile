# Two commands matter: `make lab` opens the course, `make test` proves that it works.
# Everything they make stays inside this folder; once installed, both work offline.

.DEFAULT_GOAL := help
.PHONY: help lab teach test quick sandboxes pythons setup lint release outputs answers benchmark lock clean
SHELL := /bin/sh

# Recipes name the environment from here, because the path to here may hold a space.
VENV ?= .venv
BIN := $(VENV)/bin
PACKAGES := $(VENV)/packages-installed
COURSE := $(VENV)/course-installed
PYTHONS := $(PYTHON) python3 python3.13 python3.12 python3.11
OTHERS ?= python3.11 python3.12 python3.13
# Whose notebooks to open: a student may keep a copy of the folder and name it here.
NOTEBOOKS ?= $(CURDIR)/notebooks
FIRST_LESSON := /lab/tree/00_start_here/00_start_here.ipynb

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
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

lab: setup ## Open the course in JupyterLab (ARGS="--no-browser --port 8899" serves it headless)
	$(BIN)/python -m jupyterlab --ServerApp.root_dir="$(NOTEBOOKS)" \
	  --LabApp.default_url=$(FIRST_LESSON) --LabApp.news_url= \
	  $(if $(filter 0,$(shell id -u)),--allow-root) $(ARGS)

teach: NOTEBOOKS := $(CURDIR)
teach: FIRST_LESSON := /formgrader
teach: export JUPYTER_CONFIG_PATH := $(CURDIR)/course_utils/jupyter/instructor
teach: lab ## Open the course with nbgrader's tools, which students do not see, at the formgrader

test: export TQDM_DISABLE := 1
test: STARTED := $(shell date +%s)
test: setup lint ## Run every test: code, exercises, notebooks, grading, browser
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder \
	  --doctest-modules --ignore-glob='**/answers.py' --nbval --nbval-current-env \
	  course_utils tests solutions $(ARGS); status=$$?; \
	seconds=$$(($$(date +%s) - $(STARTED))); \
	echo "make test took $$((seconds / 60)) min $$((seconds % 60)) s."; exit $$status

quick: setup ## Run the tests that need neither a browser nor kernels nor much time
	$(BIN)/python -m pytest --numprocesses 2 --quiet --doctest-modules course_utils tests \
	  -m "not slow" --ignore tests/browser --ignore tests/grading --ignore tests/notebooks $(ARGS)

sandboxes: setup ## Try hostile submissions under Landlock, and (as root) for a plain user
	COURSE_SANDBOX=landlock $(BIN)/python -m pytest --quiet tests/grading/marking/test_hostile.py
	COURSE_EVERY_SANDBOX=1 $(BIN)/python -m pytest --quiet tests/sandbox/test_plain_user.py

pythons: ## Run the quick tests on every supported Python that is found here
	@for python in $(OTHERS); do \
	  version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || { \
	    echo "$$python is not here, so it is not tested."; continue; }; \
	  echo "Testing with Python $$version."; \
	  $(MAKE) quick VENV=.venv-$$version PYTHON=$$python || exit 1; done

lint: setup ## Check format, style, types, layers and spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

release: setup ## Make the students' notebooks/ from solutions/
	$(BIN)/course release

outputs: setup ## Run the solutions and save them with their outputs (ARGS=01_loading_data for one)
	$(BIN)/course outputs $(ARGS)

answers: setup ## Show what each exercise's right and wrong answers meet
	$(BIN)/course answers $(ARGS)

benchmark: setup ## Print every figure that the README and the lessons quote
	$(BIN)/python -m benchmarks $(ARGS)

setup: $(COURSE) ## Create the environment (done by the others when it is needed)

$(PACKAGES): requirements.lock.txt
	@for python in $(PYTHONS); do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; \
	  then break; fi; python=; done; \
	if [ -z "$$python" ]; then \
	  echo "The course needs Python 3.11, 3.12 or 3.13, and found none of them." >&2; \
	  echo "Install one, or name it: make $(MAKECMDGOALS) PYTHON=/where/python3.12" >&2; exit 1; fi; \
	echo "Setting up in $(VENV) with $$($$python --version): about 1 GB, a few minutes, once."; \
	$$python -m venv $(VENV) || { \
	  echo "Python could not make an environment (Debian: apt-get install python3-venv)." >&2; exit 1; }
	$(BIN)/python -m pip install --disable-pip-version-check --no-cache-dir \
	  --require-hashes -r requirements.lock.txt
	@touch $@

$(COURSE): $(PACKAGES) pyproject.toml $(wildcard setup.py course_utils/jupyter/*/*)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-index --no-deps \
	  --no-build-isolation --editable .
	@touch $@

lock: ## Pin the dependencies again (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --all-extras --quiet $(ARGS) pyproject.toml -o requirements.lock.txt

clean: ## Remove all that these commands made
	rm -rf .venv .venv-* .jupyter .cache build *.egg-info
