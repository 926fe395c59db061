"""Names for raw files that hold personal data themselves: what is built later names no person.

A file is named after a user, a customer's address, a telephone number. The `raw_logs` table, which
its owner alone can read, keeps the name as it is; from there on a hash stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa

from ftdata.cleaning.conversations import one_array
from ftdata.cleaning.pii.carried import Carried, FieldReader, carry
from ftdata.cleaning.pii.finder import Find, open_finder
from ftdata.cleaning.pii.ids import CERTAIN, SPACED, hashed, redact_id
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
    known, find = _known(table, options), _open(options)
    hidden = {part for part in parts if _has_personal_data(part, known, find)}
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


def _has_personal_data(part: str, known: Carried | None, find: Find) -> bool:
    spaced = part.translate(SPACED)
    if find(part) or find(spaced):
        return True
    return known is not None and bool(known.find(part) or known.find(spaced) or known.in_id(part))


def _open(options: Pii) -> Find:
    """Names and what is certain by form; the owner's own words."""
    return open_finder(Pii(entities=_ENTITIES, deny=options.deny, allow=options.allow))


def _known(table: pa.Table, options: Pii) -> Carried | None:
    """What the log says of its users, anywhere in the partition."""
    reader = FieldReader(options)
    told = zip(*(table.column(name).to_pylist() for name in ("metadata", "user_id")), strict=True)
    distinct = dict.fromkeys(pair for pair in told if any(pair))
    return carry(dict.fromkeys(known for pair in distinct for known in reader.read(*pair)), ())
