"""Names for raw files that hold personal data themselves: what is built later names no person.

A file is named after a user, a customer's address, a telephone number. The `raw_logs` table, which
its owner alone can read, keeps the name as it is; from there on a hash stands for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pyarrow as pa

from ftdata.cleaning.conversations import one_array
from ftdata.cleaning.pii.allowed import read_allowed
from ftdata.cleaning.pii.carried import Carried, carry, is_id_apart, is_whole_word, lower_case
from ftdata.cleaning.pii.finder import Find, open_finder
from ftdata.cleaning.pii.ids import CERTAIN, SPACED, hashed, redact_id
from ftdata.cleaning.pii.log_fields import FieldReader
from ftdata.cleaning.pii.redact import redact_text
from ftdata.settings_pii import Entity, Pii

_ENTITIES: tuple[Entity, ...] = (*CERTAIN, "PERSON")
_FIXED_PARTS = 2  # `raw` and the source


def private_paths(table: pa.Table, paths: Iterable[str], options: Pii) -> dict[str, str]:
    """Path → what stands for it, for those paths below `raw/<source>/` that hold personal data.

    `table` is the partition's `raw_logs` table: what its log fields and user ids say of people is
    looked for in the names, too, and so are the words that `options` denies.
    `raw/web/2025-03-01/jane_doe.jsonl` becomes `raw/web/2025-03-01/redacted-<16 hex digits>`.
    """
    parts = {part for path in paths for part in path.split("/")[_FIXED_PARTS:]}
    carried, find = _known(table, options), _open(options)
    known = _KnownNames(carried) if carried else None
    hidden = {
        part
        for part in parts
        if (known and known.is_in(part)) or find(part) or find(part.translate(SPACED))
    }
    return {path: _hidden(path, hidden) for path in paths if not hidden.isdisjoint(path.split("/"))}


def hide_paths(origins: pa.ChunkedArray | pa.ListArray, names: Mapping[str, str]) -> pa.ListArray:
    """A column of lists of `file:line` with the files renamed."""
    array = one_array(origins)
    if not names:
        return array
    renamed = [
        f"{names.get(file, file)}:{line}"
        for file, _, line in (text.rpartition(":") for text in array.flatten().to_pylist())
    ]
    lengths = array.value_lengths().to_pylist()
    offsets = [0]
    for length in lengths:
        offsets.append(offsets[-1] + length)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(renamed, pa.string()))


def redact_drops(drops: pa.Table, names: Mapping[str, str]) -> pa.Table:
    """The drops of `raw_logs` without personal data in ids, file names and details."""
    rows = drops.to_pylist()
    for row in rows:
        row["record_id"] = row["record_id"] and redact_id(row["record_id"], CERTAIN).text
        file, detail = row["file"], row["detail"]
        if file in names:
            row["file"] = names[file]
        row["detail"] = detail and redact_message(detail, names)
    return pa.Table.from_pylist(rows, schema=drops.schema)


def redact_message(text: str, names: Mapping[str, str] | None = None) -> str:
    """A message for people: files by their other names, what is certainly personal taken out."""
    for name, shown in (names or {}).items():
        text = text.replace(name, shown)
    return redact_text(text, CERTAIN).text


def _hidden(path: str, hidden: set[str]) -> str:
    return "/".join(hashed(part) if part in hidden else part for part in path.split("/"))


def _open(options: Pii) -> Find:
    """Names and what is certain by form; the owner's own words."""
    return open_finder(Pii(entities=_ENTITIES, deny=options.deny, allow=options.allow))


class _KnownNames:
    """Finds in a file name what is known of people, in a time that does not grow with the people.

    Every piece of the name of a length that a known value has is looked up among those values.
    """

    def __init__(self, carried: Carried) -> None:
        self._exact = _by_length(carried.exact)
        self._anyhow = _by_length(carried.anyhow)
        self._users = _by_length(carried.users)

    def is_in(self, part: str) -> bool:
        spaced = part.translate(SPACED)
        lowered = lower_case(part)
        return (
            any(_holds(text, self._exact, is_whole_word) for text in (part, spaced))
            or any(_holds(t, self._anyhow, is_whole_word) for t in (lowered, lower_case(spaced)))
            or _holds(lowered, self._users, is_id_apart)
        )


def _by_length(values: Iterable[str]) -> dict[int, set[str]]:
    lengths: dict[int, set[str]] = {}
    for value in values:
        lengths.setdefault(len(value), set()).add(value)
    return lengths


def _holds(
    text: str, values: Mapping[int, set[str]], may_stand: Callable[[str, int, int], bool]
) -> bool:
    return any(
        text[start : start + length] in same and may_stand(text, start, start + length)
        for length, same in values.items()
        for start in range(len(text) - length + 1)
    )


def _known(table: pa.Table, options: Pii) -> Carried | None:
    """What the log says of its users, anywhere in the partition."""
    reader = FieldReader(options)
    told = zip(*(table.column(name).to_pylist() for name in ("metadata", "user_id")), strict=True)
    distinct = dict.fromkeys(pair for pair in told if any(pair))
    known = dict.fromkeys(known for pair in distinct for known in reader.read_log(*pair))
    return carry(known, (), read_allowed(options))
