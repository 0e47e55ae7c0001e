# One command a task. `make check` is what CI runs.
DATA ?= ../shared/data
PYTHON ?= python

.PHONY: check lint types test train-reading train-coding evaluate-coding evaluate-reading

check: lint types test

lint:
	ruff check src tests corpus benchmarks training examples
	ruff format --check src tests corpus benchmarks training examples

types:
	mypy

test:
	pytest

train-reading:
	$(PYTHON) training/reading.py --data $(DATA)

train-coding:
	$(PYTHON) training/coding.py --data $(DATA)

evaluate-coding:
	mkdir -p build
	PYTHONPATH=src:. $(PYTHON) -m corpus.coded corpus/real --split dev -o build/coded-dev.jsonl
	PYTHONPATH=src:. $(PYTHON) -m benchmarks.coding build/coded-dev.jsonl --curve

evaluate-reading:
	PYTHONPATH=src:. $(PYTHON) benchmarks/reading.py --data $(DATA)
