"""The tags of an example and where each comes from: what strata, filters and reports go by.

The rules that find tags in texts are in `ftdata.tagging`; here they meet what the log, cleaning and
the example's generator tell.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from ftdata.tagging.complexity import complexity_of
from ftdata.tagging.domain import OwnDomains, domain_of, domain_of_category
from ftdata.tagging.said import read_said
from ftdata.tagging.task_type import task_type_of, task_type_of_category
from ftdata.tagging.tone import tone_of
from ftdata.tagging.values import Origin, tag_sets
from ftdata.token_count import Message

# The columns of `cleaned` that tags are made of.
READ = (
    "source", "category", "model", "ratings", "flags", "language", "refusal", "metadata",
    "provenance", "tags",
)  # fmt: skip


Tag = tuple[str, Origin]  # what it says, and where it comes from


def example_tags(
    messages: Sequence[Message], row: Mapping[str, Any], domains: OwnDomains = ()
) -> dict[str, Tag]:
    """Tags in the order of their names; `row` has the columns READ of a cleaned conversation.

    Every example has complexity, domain, source, task_type, tone and turns; category, flags,
    language, model, rating and refusal where there is one, and what its generator gave. `turns` is
    the number of user messages, `rating` the mean rating rounded to a whole number (halves up),
    `flags` what cleaning noticed, joined by commas.

    The first of these holds for a tag that texts tell: what the generator gave, a field of that
    name in the log's metadata whose value is in the tag's set, the log's category where that names
    a domain or a task type, and the rules.
    """
    maker: Origin = "log" if (row["provenance"] or "log") == "log" else "generator"
    tags = _by_rules(messages, row, domains)
    told = {**_of_category(row["category"], domains), **_of_log(row, domains)}
    tags |= {name: (value, maker) for name, value in told.items()}
    tags |= {name: (value, "generator") for name, value in row["tags"] or ()}
    plain: tuple[tuple[str, str | None, Origin], ...] = (
        ("category", row["category"], maker),
        ("flags", ",".join(sorted(row["flags"])), "rules"),
        ("language", row["language"], "rules"),
        ("model", row["model"], maker),
        ("rating", _mean_rating(row["ratings"]), maker),
        ("refusal", row["refusal"], "rules"),
        ("source", row["source"], "log"),
        ("turns", str(sum(message["role"] == "user" for message in messages)), "rules"),
    )
    tags |= {name: (value, origin) for name, value, origin in plain if value}
    return dict(sorted(tags.items()))


def _by_rules(
    messages: Sequence[Message], row: Mapping[str, Any], domains: OwnDomains
) -> dict[str, Tag]:
    said = read_said(messages, row["language"])
    return {
        "complexity": (complexity_of(said), "rules"),
        "domain": (domain_of(said, domains), "rules"),
        "task_type": (task_type_of(said), "rules"),
        "tone": (tone_of(said), "rules"),
    }


def _of_category(category: str | None, domains: OwnDomains) -> dict[str, str]:
    if not category:
        return {}
    named = {
        "domain": domain_of_category(category, domains),
        "task_type": task_type_of_category(category),
    }
    return {name: value for name, value in named.items() if value is not None}


def _of_log(row: Mapping[str, Any], domains: OwnDomains) -> dict[str, str]:
    """Fields of the log's metadata that are tags, where their values are in the tags' sets."""
    text = row["metadata"]
    if not text:
        return {}
    sets = tag_sets(name for name, _ in domains)
    if not any(f'"{name}"' in text for name in sets):
        return {}
    fields = orjson.loads(text)
    return {name: fields[name] for name, known in sets.items() if fields.get(name) in known}


def _mean_rating(ratings: Sequence[float | None]) -> str | None:
    given = [rating for rating in ratings if rating is not None]
    return str(math.floor(math.fsum(given) / len(given) + 0.5)) if given else None
