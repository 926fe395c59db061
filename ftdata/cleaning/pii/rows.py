"""Redaction of whole conversations: every text that goes on from here and holds what people wrote.

A conversation is redacted as one: what is known of it (a name found, a field of the log, its user)
is looked for in all of its texts, and what is the same in it becomes the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pyarrow as pa

from ftdata.cleaning.conversations import message_bounds, one_array, with_message_fields
from ftdata.cleaning.pii.carried import Carried, FieldReader, carry
from ftdata.cleaning.pii.finder import Found, find_settled, merge, open_finder
from ftdata.cleaning.pii.ids import IdColumns
from ftdata.cleaning.pii.json_text import Path, change_json, json_strings
from ftdata.cleaning.pii.modes import Replacer
from ftdata.cleaning.screening import Excerpt, ExcerptBook
from ftdata.settings_pii import Pii

_MESSAGE_TEXTS = {"content": False, "tool_calls": True, "name": False}  # whether it is JSON
_ROW_TEXTS = {"metadata": True, "tools": True, "category": False, "model": False}
_CACHED_TEXTS = 200_000

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
    """Redacts conversations by one set of options; texts seen before are not searched again."""

    def __init__(self, options: Pii, key: bytes | None = None) -> None:
        """`key` is needed where a mode is `surrogate` or `hash`.

        Raises SettingsError where the engine's package is not installed.
        """
        self._options = options
        self._key = key
        self._find = open_finder(options)
        self._fields = FieldReader(options)
        self._known: dict[str, list[Found]] = {}
        self._book = ExcerptBook()

    def redact(self, table: pa.Table) -> RedactedRows:
        """Placeholders in every text of the table, hashes for ids that hold personal data.

        `table` has the columns of `raw_logs`; `user_id` is read where it is there, and left alone.
        """
        cells = _Cells(table)
        self._book = ExcerptBook()
        users = table.column("user_id").to_pylist() if "user_id" in table.column_names else None
        ids = IdColumns(table, self._options.entities)
        counts: list[Counter[str]] = []
        for row, of_row in enumerate(cells.by_row()):
            user, metadata = users[row] if users else None, cells.rows["metadata"][row]
            known = self._fields.read(metadata, user) if user or metadata else []
            found = [(cell, self._finds(cell)) for cell in of_row]
            carried = carry(known, _persons(found))
            if carried is None and not known:
                found = [(cell, strings) for cell, strings in found if _is_hit(strings)]
            counts.append(self._redact_row(found, carried) + ids.redact(row, carried))
        return RedactedRows(ids.write(cells.write(table)), counts, self._book.excerpts)

    def _redact_row(
        self, found: Sequence[tuple[_Cell, list[_String]]], carried: Carried | None
    ) -> Counter[str]:
        counts: Counter[str] = Counter()
        replacer = Replacer(self._options, self._key)
        for cell, strings in found:
            entities = [
                place.entity
                for text, path, places in strings
                for place in self._all(cell.column, text, path, places, carried)
            ]
            if entities:
                counts.update(entities)
                cell.texts[cell.place] = self._changed(cell, carried, replacer)
        return counts

    def _finds(self, cell: _Cell) -> list[_String]:
        """The strings of a cell, each with the keys that lead to it and what stands in it."""
        text = cell.texts[cell.place]
        assert text is not None
        strings = json_strings(text) if cell.is_json else [(text, ())]
        return [(string, path, self._places(string, path)) for string, path in strings]

    def _places(self, text: str, path: Path) -> list[Found]:
        context = f'"{path[-1]}": "' if path else ""
        whole = context + text
        found = self._known.get(whole)
        if found is None:
            if len(self._known) >= _CACHED_TEXTS:
                self._known.clear()
            found = find_settled(whole, self._find, self._options.entities)
            self._known[whole] = found
        if not context:
            return found
        first = len(context)
        return [
            Found(max(start - first, 0), end - first, entity)
            for start, end, entity in found
            if end > first
        ]

    def _all(
        self, column: str, text: str, path: Path, places: list[Found], carried: Carried | None
    ) -> list[Found]:
        """The places found in a string, with those of what is known of the conversation."""
        entity = self._fields.entity_of(path) if column == "metadata" else None
        if entity and text.strip():
            return [Found(0, len(text), entity)]
        more = carried.find(text) if carried else []
        return merge([*places, *more], self._options.entities) if more else places

    def _changed(self, cell: _Cell, carried: Carried | None, replacer: Replacer) -> str:
        def change(text: str, path: Path) -> str:
            places = self._all(cell.column, text, path, self._places(text, path), carried)
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


def _is_hit(strings: Sequence[_String]) -> bool:
    return any(places for *_, places in strings)


def _persons(found: Sequence[tuple[_Cell, list[_String]]]) -> list[str]:
    return [
        text[place.start : place.end]
        for _, strings in found
        for text, _, places in strings
        for place in places
        if place.entity == "PERSON"
    ]


class _Cells:
    """The texts of a table, to be changed in place."""

    def __init__(self, table: pa.Table) -> None:
        self._messages = one_array(table.column("messages"))
        flat = self._messages.flatten()
        self._bounds = message_bounds(self._messages).tolist()
        self._fields: dict[str, Texts] = {
            name: flat.field(name).to_pylist() for name in _MESSAGE_TEXTS
        }
        self.rows: dict[str, Texts] = {name: table.column(name).to_pylist() for name in _ROW_TEXTS}

    def by_row(self) -> Iterator[list[_Cell]]:
        """The texts of each row, in the order in which they are read."""
        fields = [(name, self._fields[name], is_json) for name, is_json in _MESSAGE_TEXTS.items()]
        rows = [(name, self.rows[name], is_json) for name, is_json in _ROW_TEXTS.items()]
        for row, (start, end) in enumerate(pairwise(self._bounds)):
            cells = [
                _Cell(name, texts, index, is_json)
                for index in range(start, end)
                for name, texts, is_json in fields
                if texts[index]
            ]
            cells += [
                _Cell(name, texts, row, is_json) for name, texts, is_json in rows if texts[row]
            ]
            yield cells

    def write(self, table: pa.Table) -> pa.Table:
        """The table with these texts."""
        messages = with_message_fields(self._messages, self._fields)
        columns = {"messages": messages} | {
            name: pa.array(texts, pa.string()) for name, texts in self.rows.items()
        }
        for name, column in columns.items():
            table = table.set_column(table.schema.get_field_index(name), name, column)
        return table
