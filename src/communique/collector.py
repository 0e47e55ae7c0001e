"""Python's collector of reference cycles, put off while a batch is worked on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Leave reference cycles uncollected for the seconds of one batch; what the caller had set holds again after it.

    Records make no cycles, but making a hundred thousand of them has Python look again and again through all that
    is loaded, models and tables too: a tenth of the time. A caller who has switched the collector off finds it off.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
