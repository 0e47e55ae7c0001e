"""The collector of cycles rests during a batch and is as it was afterwards."""

from __future__ import annotations

import gc

import pytest

from communique import collector


@pytest.fixture(autouse=True)
def _restored() -> object:
    yield
    gc.enable()


def coded_badly() -> None:
    with collector.put_off():
        assert not gc.isenabled()
        raise ValueError("bad document")


def test_it_rests_inside_and_runs_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="bad document"):
        coded_badly()
    assert gc.isenabled()


def test_what_the_caller_switched_off_stays_off() -> None:
    gc.disable()
    with collector.put_off(), collector.put_off():
        assert not gc.isenabled()
    assert not gc.isenabled()
