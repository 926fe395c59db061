"""The tags of an example: what strata, filters and reports tell examples apart by.

Tags are carried over from the log and from `cleaned` (flags, language, refusal). What is found out
about an example (task type, complexity) joins `example_tags` here, one function each.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ftdata.token_count import Message


def example_tags(
    messages: Sequence[Message],
    *,
    category: str | None,
    model: str | None,
    ratings: Sequence[float | None],
    flags: Sequence[str],
    language: str | None = None,
    refusal: str | None = None,
    given: Iterable[tuple[str, str]] = (),
) -> dict[str, str]:
    """Tags in the order of their names: category?, flags?, language?, model?, rating?,
    refusal?, turns, and those that the row was given.

    `turns` is the number of user messages, `rating` the mean rating rounded to a whole number
    (halves up), `flags` what cleaning noticed, joined by commas. A tag without value is absent.
    """
    found = {
        "category": category,
        "flags": ",".join(sorted(flags)),
        "language": language,
        "model": model,
        "rating": _mean_rating(ratings),
        "refusal": refusal,
        "turns": str(sum(message["role"] == "user" for message in messages)),
    }
    return {name: value for name, value in sorted({**dict(given), **found}.items()) if value}


def _mean_rating(ratings: Sequence[float | None]) -> str | None:
    given = [rating for rating in ratings if rating is not None]
    return str(math.floor(math.fsum(given) / len(given) + 0.5)) if given else None
