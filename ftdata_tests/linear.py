"""Claims that a time grows with the length of a text and not with its square."""

from collections.abc import Callable
from time import process_time

_LENGTH = 25_000  # characters; four times as many are the other measure
_MOST = 10  # times as long: 4 where it is linear, 16 where it is quadratic
_NOISE = 0.02  # seconds that a clock, a garbage collection, a cold cache may add
_ROUNDS = 3


def assert_linear(piece: str, run: Callable[[str], object], length: int = _LENGTH) -> None:
    """`run` takes no more than in proportion for four times as much of the piece.

    The best of three rounds is taken, in CPU time, so that a busy machine does not matter; each
    has another text, so that none is remembered.
    """
    short, long = (
        min(_seconds(run, f"{(piece * size)[:size]} {number}") for number in range(_ROUNDS))
        for size in (length, 4 * length)
    )
    assert long < _MOST * short + _NOISE, f"{piece!r}: {short:.3f} s, then {long:.3f} s"


def _seconds(run: Callable[[str], object], text: str) -> float:
    start = process_time()
    run(text)
    return process_time() - start
