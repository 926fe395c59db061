"""Where personal data stands in a text: the recognisers, or an engine, under the owner's lists."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from ftdata.cleaning.gate import search_all
from ftdata.cleaning.pii import RECOGNISERS, RECOGNISERS_BY_CUE
from ftdata.cleaning.pii.allowed import read_allowed
from ftdata.cleaning.pii.folded import fold, plain_form
from ftdata.cleaning.pii.recogniser import Found, Recogniser
from ftdata.settings_pii import Entity, Pii

_DIGITS = "0123456789"
_MAX_ROUNDS = 4


Find = Callable[[str], list[Found]]


def open_finder(options: Pii) -> Find:
    """What finds the entities of the settings in a text: ascending, no two overlapping.

    Where two kinds overlap their union is found as the one that stands earlier in
    `options.precedence()`. Raises SettingsError where the engine's package is not installed.
    """
    find_raw = _open_engine(options)
    denied, precedence = _denied(options), options.precedence()
    allowed = read_allowed(options)

    def find(text: str) -> list[Found]:
        folded = fold(text)
        if folded:
            starts = folded.starts
            return [
                Found(starts[start], starts[end], entity)
                for start, end, entity in find_plain(folded.text)
            ]
        return find_plain(text)

    def find_plain(text: str) -> list[Found]:
        found = [
            place
            for place in find_raw(text)
            if text[place.start : place.end].casefold() not in allowed.get(place.entity, ())
        ]
        for entity, pattern in denied:
            found += [Found(*hit.span(), entity) for hit in pattern.finditer(text)]
        return merge(found, precedence) if found else found

    return find


def find_settled(text: str, find: Find, entities: Sequence[Entity]) -> list[Found]:
    """The places of `find`, and those that appear once these are placeholders.

    A placeholder gives what stands beside it new edges, so the search is repeated on the text with
    placeholders until it finds no more: a text redacted by tags holds nothing to redact. Names are
    whole words between other words: where nothing else is found, nothing new can be. A chain in
    which each find brings out the next one is cut short, so that the time stays linear: after a few
    rounds a new find takes its whole line.
    """
    settled: list[Found] = []
    found = find(text)
    rounds = 0
    while found != settled:
        if all(_is_name_apart(text, place) for place in found):
            return found
        rounds += 1
        settled = found
        tagged, starts, ends = _tagged(text, settled)
        more = [_place_before(place, settled, starts, ends) for place in find(tagged)]
        if rounds > _MAX_ROUNDS:
            more = [_whole_line(text, place) for place in more]
        found = merge([*settled, *more], entities)
    return settled


def _is_name_apart(text: str, place: Found) -> bool:
    around = text[place.start - 1 : place.start] + text[place.end : place.end + 1]
    return place.entity == "PERSON" and not any(map(str.isalnum, around))


def _whole_line(text: str, place: Found) -> Found:
    end = text.find("\n", place.end)
    start = text.rfind("\n", 0, place.start) + 1
    return place._replace(start=start, end=len(text) if end < 0 else end)


def merge(found: Sequence[Found], entities: Sequence[Entity]) -> list[Found]:
    """Places in order, those that overlap joined into one of the kind earlier in `entities`."""
    rank = {entity: number for number, entity in enumerate(entities)}
    merged: list[Found] = []
    for place in sorted(found):
        if merged and place.start < merged[-1].end:
            last = merged[-1]
            best = min(last.entity, place.entity, key=lambda entity: rank.get(entity, len(rank)))
            merged[-1] = Found(last.start, max(last.end, place.end), best)
        else:
            merged.append(place)
    return merged


def _open_engine(options: Pii) -> Callable[[str], Sequence[Found]]:
    table = RECOGNISERS | (RECOGNISERS_BY_CUE if options.names == "cues" else {})
    chosen = [(entity, table[entity]) for entity in options.entities if entity in table]
    if options.engine == "presidio":
        return _with_presidio(options, chosen)
    return _open_rules(options, chosen)


def _with_presidio(
    options: Pii, chosen: Sequence[tuple[Entity, Recogniser]]
) -> Callable[[str], Sequence[Found]]:
    """Presidio for the kinds that it answers for, the rules for the others, such as secrets."""
    from ftdata.cleaning.pii.presidio import open_presidio

    find_theirs, known = open_presidio(options)
    find_ours = _open_rules(options, [pair for pair in chosen if pair[0] not in known])
    reserved = {entity: recogniser.is_reserved for entity, recogniser in chosen}

    def find(text: str) -> Sequence[Found]:
        theirs = [
            place
            for place in find_theirs(text)
            if not (
                options.keep_reserved
                and (is_reserved := reserved.get(place.entity))
                and is_reserved(text[place.start : place.end])
            )
        ]
        return [*theirs, *find_ours(text)]

    return find


def _open_rules(
    options: Pii, chosen: Sequence[tuple[Entity, Recogniser]]
) -> Callable[[str], Sequence[Found]]:
    most = max((recogniser.digits for _, recogniser in chosen), default=0)
    gates = search_all(tuple(recogniser.gate for _, recogniser in chosen))
    # Which ones a text with that many digits can interest: most texts hold none.
    by_digits = [
        frozenset(
            number for number, (_, recogniser) in enumerate(chosen) if recogniser.digits <= digits
        )
        for digits in range(most + 1)
    ]

    def find(text: str) -> list[Found]:
        asked = by_digits[min(sum(map(text.count, _DIGITS)), most)].intersection(gates(text) or ())
        found: list[Found] = []
        for number in sorted(asked):
            entity, recogniser = chosen[number]
            reserved = recogniser.is_reserved if options.keep_reserved else None
            found += [
                Found(start, end, entity)
                for start, end in recogniser.find(text)
                if not (reserved and reserved(text[start:end]))
            ]
        return found

    return find


def _denied(options: Pii) -> list[tuple[Entity, re.Pattern[str]]]:
    return [
        (entity, re.compile(rf"(?<!\w)(?:{_any_of(texts)})(?!\w)", re.IGNORECASE))
        for entity, texts in options.deny.items()
        if texts
    ]


def _any_of(texts: Sequence[str]) -> str:
    # The longest first: of two that begin alike the shorter would leave the rest behind.
    return "|".join(map(re.escape, sorted(map(plain_form, texts), key=len, reverse=True)))


def _tagged(text: str, found: Sequence[Found]) -> tuple[str, list[int], list[int]]:
    """The text with tags, and where each tag starts and ends in it."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = length = 0
    for start, end, entity in found:
        before, tag = text[done:start], f"[{entity}]"
        starts.append(length + len(before))
        length = starts[-1] + len(tag)
        ends.append(length)
        pieces += (before, tag)
        done = end
    return "".join([*pieces, text[done:]]), starts, ends


def _place_before(
    place: Found, found: Sequence[Found], starts: Sequence[int], ends: Sequence[int]
) -> Found:
    """Where a place of the tagged text stood in the text itself; a tag it touches is part of it."""
    first = bisect_right(ends, place.start)  # the tag that holds the start, or the first behind it
    last = bisect_left(starts, place.end) - 1  # the tag that holds the end, or the last before it
    start = place.start - _shift(found, ends, first)
    if first < len(starts) and starts[first] < place.start:
        start = found[first].start
    end = place.end - _shift(found, ends, last + 1)
    if last >= 0 and place.end < ends[last]:
        end = found[last].end
    return Found(start, end, place.entity)


def _shift(found: Sequence[Found], ends: Sequence[int], count: int) -> int:
    """How many characters further a place lies behind the first `count` tags."""
    return ends[count - 1] - found[count - 1].end if count else 0
