# One command a task. `make check` is what CI runs.
DATA ?= ../shared/data
PYTHON ?= python
MINUTES ?= 120

.PHONY: check lint types test train-reading train-confidence train-surroundings train-coding evaluate-coding evaluate-reading evaluate-statements evaluate-places evaluate-actors

check: lint types test

lint:
	ruff check src tests corpus benchmarks training examples
	ruff format --check src tests corpus benchmarks training examples

types:
	mypy

test:
	pytest

train-reading:
	PYTHONPATH=src:. $(PYTHON) -m training.reading --data $(DATA) --run training/runs/reading --minutes $(MINUTES)

train-confidence:
	PYTHONPATH=src:. $(PYTHON) -m training.confidence

train-surroundings:
	PYTHONPATH=src:. $(PYTHON) -m training.surroundings

train-coding:
	PYTHONPATH=src:. $(PYTHON) -m training.coding --data $(DATA)

evaluate-reading:
	PYTHONPATH=src:. $(PYTHON) benchmarks/reading.py --data $(DATA)

evaluate-coding:
	mkdir -p build
	PYTHONPATH=src:. $(PYTHON) -m corpus.coded corpus/real --split dev -o build/coded-dev.jsonl
	PYTHONPATH=src:. $(PYTHON) -m benchmarks.coding build/coded-dev.jsonl --curve

evaluate-statements:
	PYTHONPATH=src:. $(PYTHON) -m corpus.said --floors corpus/floors.json

evaluate-places:
	PYTHONPATH=src:. $(PYTHON) -m corpus.where_when --split dev --floors corpus/floors.json

evaluate-actors:
	PYTHONPATH=src:. $(PYTHON) benchmarks/actors.py --split dev --floors corpus/floors.json
