"""Tombstones: what shall be in nothing that is built, as salted hashes, and what they match.

    <data>/erasures/salt                 64 hex digits, made once; readable by their owner alone
                    <date>-<hash>.jsonl  one request: a line for each id, which never holds the id
                    done.json            the requests that have come to their end

A tombstone matches an id by its hash under the salt: no tombstone tells the id, and without the
salt nobody can try ids out. Nothing may be built while a tombstone cannot be read: what was erased
would come back.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal, get_args

import orjson
from upath import UPath

from ftdata import jsonl
from ftdata.errors import StorageError
from ftdata.keys import PartitionKey
from ftdata.locks import exclusive
from ftdata.storage import content_hash, write_atomically

Kind = Literal["user", "conversation", "record"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FOLDER = "erasures"
REASON = "erased"  # of the drops
INPUT = "erasures"  # the name under which a first stage's record notes what it was built with
_SALT, _DONE, _LOCK = "salt", "done.json", ".erasures.lock"
_SALT_BYTES = 32
_FILE = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{16}\.jsonl")
_STOPS = (
    "put it back as it was, from a backup. Nothing is built without it: what was erased would come"
    " back"
)


@dataclass(frozen=True)
class Tombstone:
    """One id that was asked to be erased, and what it was found in then."""

    kind: Kind
    digest: str  # 32 hex digits, of kind, source and id
    source: str | None  # where it is erased in one source alone
    date: str  # of the request (ISO)
    partitions: tuple[str, ...]  # that held it
    examples: tuple[str, ...] = ()  # digests of the ids of the examples that were made of it

    @property
    def name(self) -> str:
        """`user-` and 16 hex digits: what stands for it in records and counts."""
        return f"{self.kind}-{self.digest[:16]}"


@dataclass(frozen=True)
class Erasures:
    """All tombstones of a project; false where there are none."""

    salt: bytes = b""
    tombstones: tuple[Tombstone, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is erased."""
        return bool(self.tombstones)

    def find(self, kind: Kind, ids: Sequence[str | None], source: str) -> list[str]:
        """For each id of a column of that source the name of its tombstone, "" where it has none.

        Every distinct id is hashed once.
        """
        scopes = [scope for scope in ("", source) if (kind, scope) in self._scopes]
        if not scopes:
            return [""] * len(ids)
        named = {one: self._name_of(kind, one, scopes) for one in dict.fromkeys(ids)}
        return [named[one] for one in ids]

    def is_erased(self, kind: Kind, identity: str, source: str = "") -> bool:
        """Whether that user, conversation or record is erased, everywhere or in that source."""
        return bool(self._name_of(kind, identity, ("", source)))

    def are_examples(self, ids: Iterable[str]) -> list[bool]:
        """Whether each is the id of an example that was made of something erased."""
        known = self._examples
        return [bool(known) and digest_of(self.salt, "example", one) in known for one in ids]

    def input_of(self, key: PartitionKey, noted: Collection[str] = ()) -> str:
        """Hash of the tombstones that matter to a partition; "" where none does.

        Those that found something in it when they were written, and those that did when it was
        built, which are `noted` by their names.
        """
        names = {
            one.name for one in self.tombstones if one.name in noted or str(key) in one.partitions
        }
        return content_hash(jsonl.canonical(sorted(names))) if names else ""

    def _name_of(self, kind: Kind, identity: str | None, scopes: Iterable[str]) -> str:
        if not identity:
            return ""
        for scope in scopes:
            name = self._names.get(digest_of(self.salt, kind, identity, scope))
            if name is not None:
                return name
        return ""

    @cached_property
    def _names(self) -> dict[str, str]:
        return {one.digest: one.name for one in self.tombstones}

    @cached_property
    def _scopes(self) -> frozenset[tuple[str, str]]:
        return frozenset((one.kind, one.source or "") for one in self.tombstones)

    @cached_property
    def _examples(self) -> frozenset[str]:
        return frozenset(digest for one in self.tombstones for digest in one.examples)


NONE = Erasures()


def digest_of(salt: bytes, kind: str, identity: str, source: str = "") -> str:
    """32 hex digits of BLAKE2b, keyed with the salt; the empty source stands for all of them."""
    text = "\0".join((kind, source, identity)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16, key=salt).hexdigest()


def new_salt() -> bytes:
    """Random: the one of a project is made once."""
    return secrets.token_bytes(_SALT_BYTES)


def read_erasures(data: UPath) -> Erasures:
    """The tombstones below a data folder. Raises StorageError where one cannot be read."""
    names = _requests(data)
    if not names:
        return NONE
    found = [one for name in names for one in _read_request(data / FOLDER / name)]
    salt = read_salt(data)
    if salt is None:
        path = data / FOLDER / _SALT
        raise StorageError(f"{path}: is missing, and tombstones are there: {_STOPS}")
    return Erasures(salt, tuple(found))


def read_salt(data: UPath) -> bytes | None:
    """The salt; None where nothing was ever erased. Raises StorageError where it is damaged."""
    path = data / FOLDER / _SALT
    try:
        salt = bytes.fromhex(path.read_text().strip())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(_unreadable(path, error)) from error
    except ValueError:
        salt = b""
    if len(salt) != _SALT_BYTES:
        raise StorageError(f"{path}: is damaged: {_STOPS}")
    return salt


def keep_salt(data: UPath, proposed: bytes | None = None) -> bytes:
    """The salt; where there is none yet the `proposed` one or a new one, which stays from now on.

    Raises StorageError where it cannot be written.
    """
    with exclusive(data / "built" / _LOCK):
        salt = read_salt(data)
        if salt is None:
            salt = proposed or new_salt()
            write_atomically(data / FOLDER / _SALT, f"{salt.hex()}\n".encode(), private=True)
    return salt


def write_request(data: UPath, tombstones: Sequence[Tombstone]) -> str:
    """Keep the tombstones of one request, all or none; returns the name of their file."""
    lines = b"".join(jsonl.canonical(asdict(one)) + b"\n" for one in tombstones)
    name = f"{tombstones[0].date}-{content_hash(lines)}.jsonl"
    write_atomically(data / FOLDER / name, lines, private=True)
    return name


def unfinished(data: UPath) -> list[str]:
    """The requests that have not come to their end."""
    done = _read_done(data)
    return [name for name in _requests(data) if name not in done]


def note_finished(data: UPath, names: Iterable[str]) -> None:
    """Note that requests have come to their end."""
    done = sorted(_read_done(data) | set(names))
    write_atomically(data / FOLDER / _DONE, jsonl.pretty(done), private=True)


def read_requests(data: UPath, names: Iterable[str]) -> tuple[Tombstone, ...]:
    """The tombstones of these requests. Raises StorageError where one cannot be read."""
    return tuple(one for name in names for one in _read_request(data / FOLDER / name))


def _requests(data: UPath) -> list[str]:
    """Names of the files of tombstones. Raises StorageError where one that was there is not."""
    folder = data / FOLDER
    try:
        paths = list(folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise StorageError(
            f"{folder}: cannot be listed ({error.strerror or error}): make it readable. Nothing is"
            " built without the tombstones in it: what was erased would come back"
        ) from error
    names = {path.name for path in paths if _FILE.fullmatch(path.name)}
    for lost in sorted(_read_done(data) - names):
        raise StorageError(
            f"{folder / lost}: is missing: {_STOPS}. Where it may come back, take the name out of"
            f" {_DONE} beside it"
        )
    return sorted(names)


def _read_done(data: UPath) -> set[str]:
    path = data / FOLDER / _DONE
    try:
        return set(orjson.loads(path.read_bytes())) if path.exists() else set()
    except (orjson.JSONDecodeError, TypeError):
        return set()  # what was done is done again, and finds nothing


def _read_request(path: UPath) -> Iterator[Tombstone]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StorageError(_unreadable(path, error)) from error
    if content_hash(data) != path.name[len("2025-03-01-") : -len(".jsonl")]:
        raise StorageError(f"{path}: is not what was written: {_STOPS}")
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            yield _tombstone(orjson.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise StorageError(f"{path}:{number}: is no tombstone: {_STOPS}") from error


def _tombstone(values: dict[str, Any]) -> Tombstone:
    """Raises ValueError, TypeError or KeyError where it is none."""
    lists = {name: tuple(map(str, values[name])) for name in ("partitions", "examples")}
    one = Tombstone(**{**values, **lists})
    if one.kind not in KINDS:
        raise ValueError("a kind that is not known here")
    return one


def _unreadable(path: UPath, error: OSError) -> str:
    return f"{path}: cannot be read ({error.strerror or error}): {_STOPS}"
