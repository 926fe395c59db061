"""The tags of an example: what strata, filters and reports tell examples apart by.

Tags are carried over from the log. What is found out about an example (task type, complexity,
language) joins `example_tags` here, one function each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ftdata.token_count import Message


def example_tags(
    messages: Sequence[Message],
    *,
    category: str | None,
    model: str | None,
    ratings: Sequence[float | None],
    flags: Sequence[str],
) -> dict[str, str]:
    """Tags in the order of their names: category?, flags?, model?, rating?, turns.

    `turns` is the number of user messages, `rating` the mean rating rounded to a whole number
    (halves up), `flags` what cleaning noticed, joined by commas. A tag without value is absent.
    """
    found = {
        "category": category,
        "flags": ",".join(sorted(flags)),
        "model": model,
        "rating": _mean_rating(ratings),
        "turns": str(sum(message["role"] == "user" for message in messages)),
    }
    return {name: value for name, value in found.items() if value}


def _mean_rating(ratings: Sequence[float | None]) -> str | None:
    given = [rating for rating in ratings if rating is not None]
    return str(math.floor(math.fsum(given) / len(given) + 0.5)) if given else None
