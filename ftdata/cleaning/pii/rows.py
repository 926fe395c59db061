"""Redaction of whole conversations: every text that goes on from here and holds what people wrote.

A conversation is redacted as one: what is known of it (a name found, a field of the log, its user)
is looked for in all of its texts, and what is the same in it becomes the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

import pyarrow as pa

from ftdata.cleaning.conversations import message_bounds, one_array, with_message_fields
from ftdata.cleaning.pii.allowed import read_allowed
from ftdata.cleaning.pii.carried import Carried, Known, carry
from ftdata.cleaning.pii.finder import find_settled, merge, open_finder
from ftdata.cleaning.pii.ids import IdColumns, open_id_finder
from ftdata.cleaning.pii.json_text import Path, change_json, json_strings, may_be_json
from ftdata.cleaning.pii.log_fields import FieldReader
from ftdata.cleaning.pii.modes import Replacer
from ftdata.cleaning.pii.name_cues import find_sure_cues
from ftdata.cleaning.pii.name_words import TITLES
from ftdata.cleaning.pii.recogniser import Found
from ftdata.cleaning.screening import Excerpt, ExcerptBook
from ftdata.settings_pii import Entity, Pii

_MESSAGE_TEXTS = {
    "content": False,
    "tool_calls": True,
    "tool_call_id": False,
    "name": False,
}  # whether it is JSON always; any text may be
_ROW_TEXTS = {"metadata": True, "tools": True, "category": False, "model": False}
_FIELD_TEXTS = frozenset({"metadata", "content", "tool_calls"})  # whose keys tell of users
_CACHED_TEXTS = 50_000
_CLEAN_TEXTS = 200_000  # about 25 MB
_TITLE_CHARS = 12

Texts = list[str | None]
_String = tuple[str, Path, list[Found]]  # a string, the keys that lead to it, what stands in it


class _Cell(NamedTuple):
    """One text of a conversation, and where it stands."""

    column: str
    texts: Texts
    place: int
    is_json: bool


@dataclass(frozen=True)
class RedactedRows:
    """A table of n conversations after redaction, and what was found in each, by entity."""

    table: pa.Table
    counts: list[Counter[str]]
    excerpts: Mapping[str, Sequence[Excerpt]]


class Redactor:
    """Redacts conversations by one set of options; texts seen before are not searched again.

    Until `forget` it knows what stands in each text, after it only the hashes of those in which
    nothing does: greetings and canned replies come back every day.
    """

    def __init__(self, options: Pii, key: bytes | None = None) -> None:
        """`key` is needed where a mode is `surrogate` or `hash`.

        Raises SettingsError where the engine's package is not installed.
        """
        self._options = options
        self._key = key
        self._precedence = options.precedence()
        self._find = open_finder(options)
        self._find_in_ids = open_id_finder(options)
        self._allowed = read_allowed(options)
        self._fields = FieldReader(options)
        self._searched: dict[tuple[str, bool], list[_String]] = {}
        self._clean: set[bytes] = set()
        self._book = ExcerptBook()

    def redact(self, table: pa.Table) -> RedactedRows:
        """Placeholders in every text of the table, hashes for ids that hold personal data.

        `table` has the columns of `raw_logs`; `user_id` is read where it is there, and left alone.
        """
        cells, self._book = _Cells(table), ExcerptBook()
        hits = cells.rows_where(self._is_hit)
        known = self._known(table, cells)
        ids = IdColumns(table, self._find_in_ids)
        counts: list[Counter[str]] = [Counter() for _ in range(table.num_rows)]
        for row in sorted(hits | known.keys() | ids.suspects):
            found = [(cell, self._strings(cell)) for cell in cells.of_row(row)]
            carried = carry(known.get(row, ()), _persons(found), self._allowed)
            if row not in known and carried is None:
                found = [(cell, strings) for cell, strings in found if _holds_some(strings)]
            counts[row] = self._redact_row(found, carried)
            counts[row].update(ids.redact(row, carried))
        return RedactedRows(ids.write(cells.write(table)), counts, self._book.excerpts)

    def forget(self) -> None:
        """Let go of the texts seen so far; hashes of those in which nothing stood stay."""
        self._searched.clear()
        self._book = ExcerptBook()

    def _known(self, table: pa.Table, cells: _Cells) -> dict[int, list[Known]]:
        """Row → what the fields of the log say of it, for rows of which they say something."""
        known: dict[int, list[Known]] = {}
        if "user_id" in table.column_names:
            for row, user in enumerate(table.column("user_id").to_pylist()):
                if user and (told := self._fields.read_user(user)):
                    known.setdefault(row, []).extend(told)
        for row, text, said in cells.json_with_fields():
            strings = ((string, path) for string, path, _ in self._search(text, True))
            if told := self._fields.read(strings, said=said):
                known.setdefault(row, []).extend(told)
        return known

    def _is_hit(self, text: str, is_json: bool) -> bool:
        return _holds_some(self._search(text, is_json))

    def _redact_row(
        self, found: Sequence[tuple[_Cell, list[_String]]], carried: Carried | None
    ) -> Counter[str]:
        counts: Counter[str] = Counter()
        persons: list[str] = []
        changed: list[_Cell] = []
        for cell, strings in found:
            held = [
                (place.entity, text[place.start : place.end])
                for text, path, places in strings
                for place in self._all(cell.column, text, path, places, carried)
            ]
            counts.update(entity for entity, _ in held)
            persons += [text for entity, text in held if entity == "PERSON"]
            changed += [cell] * bool(held)
        replacer = Replacer(self._options, self._key, persons)
        for cell in changed:
            cell.texts[cell.place] = self._changed(cell, carried, replacer)
        return counts

    def _strings(self, cell: _Cell) -> list[_String]:
        """The strings of a cell, each with the keys that lead to it and what stands in it."""
        text = cell.texts[cell.place]
        assert text is not None
        return self._search(text, cell.is_json)

    def _search(self, text: str, is_json: bool) -> list[_String]:
        found = self._searched.get((text, is_json))
        if found is None:
            if len(self._searched) >= _CACHED_TEXTS:
                self._searched.clear()
            found = self._search_anew(text, is_json)
            self._searched[text, is_json] = found
        return found

    def _search_anew(self, text: str, is_json: bool) -> list[_String]:
        strings = json_strings(text) if is_json else [(text, ())]
        told = text.encode(errors="surrogatepass") + (b"\x01" if is_json else b"\x00")
        digest = blake2b(told, digest_size=16).digest()
        if digest in self._clean:
            return [(string, path, []) for string, path in strings]
        found = [(string, path, self._places(string, path)) for string, path in strings]
        if not _holds_some(found):
            if len(self._clean) >= _CLEAN_TEXTS:
                self._clean.clear()
            self._clean.add(digest)
        return found

    def _places(self, text: str, path: Path) -> list[Found]:
        if not path:
            return find_settled(text, self._find, self._precedence)
        context = f'"{path[-1]}": "'
        first = len(context)
        return [
            Found(max(start - first, 0), end - first, entity)
            for start, end, entity in find_settled(context + text, self._find, self._precedence)
            if end > first
        ]

    def _all(
        self, column: str, text: str, path: Path, places: list[Found], carried: Carried | None
    ) -> list[Found]:
        """The places found in a string, with those of what is known of the conversation."""
        entity = None
        if path and column in _FIELD_TEXTS:
            entity = self._fields.entity_of(text, path, said=column != "metadata")
        more = carried.find(text) if carried else []
        if entity:
            return merge(
                [Found(0, len(text), entity), *self._over(entity, places, more)], self._precedence
            )
        return merge([*places, *more], self._precedence) if more else places

    def _over(self, entity: Entity, *found: Sequence[Found]) -> list[Found]:
        """The places of kinds for which more is done than for that one: dropped, not reported."""
        least = self._options.strength_of(entity)
        return [
            place
            for places in found
            for place in places
            if self._options.strength_of(place.entity) > least
        ]

    def _changed(self, cell: _Cell, carried: Carried | None, replacer: Replacer) -> str:
        def change(text: str, path: Path) -> str:
            places = self._all(cell.column, text, path, self._places_of(text, path), carried)
            self._book.note(text, places)
            pieces: list[str] = []
            done = 0
            for start, end, entity in places:
                pieces += (text[done:start], replacer.replace(entity, text[start:end]))
                done = end
            return "".join([*pieces, text[done:]])

        text = cell.texts[cell.place]
        assert text is not None
        return change_json(text, change) if cell.is_json else change(text, ())

    def _places_of(self, text: str, path: Path) -> list[Found]:
        known = None if path else self._searched.get((text, False))
        return known[0][2] if known else self._places(text, path)


def _holds_some(strings: Sequence[_String]) -> bool:
    return any(places for *_, places in strings)


def _persons(found: Sequence[tuple[_Cell, list[_String]]]) -> list[str]:
    """Names sure enough to be looked for elsewhere: full ones, and those that are announced.

    A lone name of the lists is found wherever it stands; if it is the title of a film, what says so
    there must not be overruled from another message.
    """
    return [
        name
        for _, strings in found
        for text, _, places in strings
        for name in _sure_names(text, [p for p in places if p.entity == "PERSON"])
    ]


def _sure_names(text: str, places: Sequence[Found]) -> list[str]:
    names = {place: text[place.start : place.end] for place in places}
    if all(" " in name for name in names.values()):
        return list(names.values())
    sure = set(find_sure_cues(text, text.lower()))
    return [
        name
        for place, name in names.items()
        if " " in name or place.start in sure or _has_title(text, place.start)
    ]


def _has_title(text: str, start: int) -> bool:
    """Whether the word before is `Dr.` or its like."""
    before = text[max(0, start - _TITLE_CHARS) : start].split()
    return bool(before) and before[-1].rstrip(".").casefold() in TITLES


class _Cells:
    """The texts of a table, to be changed in place."""

    def __init__(self, table: pa.Table) -> None:
        self._messages = one_array(table.column("messages"))
        flat = self._messages.flatten()
        self._bounds = message_bounds(self._messages)
        self._fields: dict[str, Texts] = {
            name: flat.field(name).to_pylist() for name in _MESSAGE_TEXTS
        }
        self.rows: dict[str, Texts] = {name: table.column(name).to_pylist() for name in _ROW_TEXTS}

    def rows_where(self, is_hit: Callable[[str, bool], bool]) -> set[int]:
        """The rows of which a text, given whether it is JSON, is a hit."""
        hits: set[int] = set()
        for name, is_json in _MESSAGE_TEXTS.items():
            texts = self._fields[name]
            places = [
                at
                for at, text in enumerate(texts)
                if text and is_hit(text, is_json or may_be_json(text))
            ]
            hits.update((self._bounds.searchsorted(places, side="right") - 1).tolist())
        for name, is_json in _ROW_TEXTS.items():
            texts = self.rows[name]
            hits.update(
                row
                for row, text in enumerate(texts)
                if text and is_hit(text, is_json or may_be_json(text))
            )
        return hits

    def of_row(self, row: int) -> list[_Cell]:
        """The texts of a row, in the order in which they are read."""
        start, end = self._bounds[row : row + 2].tolist()
        cells = [
            _Cell(name, texts, place, is_json or may_be_json(text))
            for place in range(start, end)
            for name, is_json in _MESSAGE_TEXTS.items()
            if (text := (texts := self._fields[name])[place])
        ]
        return cells + [
            _Cell(name, texts, row, is_json or may_be_json(text))
            for name, is_json in _ROW_TEXTS.items()
            if (text := (texts := self.rows[name])[row])
        ]

    def json_with_fields(self) -> Iterator[tuple[int, str, bool]]:
        """Row, text and whether it was said, of all JSON whose keys may tell of users."""
        for row, text in enumerate(self.rows["metadata"]):
            if text:
                yield row, text, False
        for name in ("content", "tool_calls"):
            texts = self._fields[name]
            places = [at for at, text in enumerate(texts) if text and may_be_json(text)]
            rows = (self._bounds.searchsorted(places, side="right") - 1).tolist()
            for at, row in zip(places, rows, strict=True):
                yield row, texts[at] or "", True

    def write(self, table: pa.Table) -> pa.Table:
        """The table with these texts."""
        messages = with_message_fields(self._messages, self._fields)
        columns = {"messages": messages} | {
            name: pa.array(texts, pa.string()) for name, texts in self.rows.items()
        }
        for name, column in columns.items():
            table = table.set_column(table.schema.get_field_index(name), name, column)
        return table
