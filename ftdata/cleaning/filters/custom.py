"""Asks the filters that the owner of a dataset wrote: `package.module:function`."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module, invalidate_caches, reload
from importlib.util import find_spec
from inspect import signature
from itertools import pairwise
from pathlib import Path
from traceback import extract_tb

from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.finding import Finding
from ftdata.errors import FilterError, SettingsError
from ftdata.settings_cleaning import Cleaning

CustomFilter = Callable[[list[dict[str, str]]], object]

_REASON = re.compile(r"[a-z][a-z0-9_]{0,63}")
_FIELD = "cleaning.custom_filters"
_loaded: dict[str, bytes] = {}  # module → the source that it was imported from


def find_custom(conversations: Conversations, options: Cleaning) -> list[Finding | None]:
    """What the first of `custom_filters` says that says something; the detail is its path.

    A filter takes one conversation as a list of dicts (`role`, `content`, "" where a message has no
    text) and returns a drop reason in snake_case, or None.

    Raises SettingsError where a path leads to no function, and FilterError, with the id of the
    conversation, where the function raises or returns something else. The message does not quote
    what was raised, as it may quote the conversation.
    """
    findings: list[Finding | None] = [None] * len(conversations)
    for path in options.custom_filters:
        function = _load(path)
        for row, (start, end) in enumerate(pairwise(conversations.bounds.tolist())):
            if findings[row] is None:
                messages = [
                    {"role": conversations.roles[i], "content": conversations.contents[i] or ""}
                    for i in range(start, end)
                ]
                id_ = conversations.ids[row] if conversations.ids else ""
                findings[row] = _ask(path, function, messages, id_)
    return findings


def look_beside(settings_path: Path, paths: Sequence[str]) -> None:
    """Have the modules of filters found in the folder of `ftdata.yaml`; ask for each of them.

    What is installed comes first.
    Raises SettingsError where a path leads to no function of one argument.
    """
    if not paths:
        return
    # Processes that read a part of a partition are given this list as it is.
    folder = str(settings_path.absolute().parent)
    if folder not in sys.path:
        sys.path.append(folder)
    for path in paths:
        _load(path)


def custom_identity(paths: Sequence[str]) -> str:
    """Hash of the paths and the source of their modules, 16 hex digits; "" without paths.

    Modules that these import are not looked at. Raises SettingsError where a module has no source.
    """
    if not paths:
        return ""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.encode() + b"\0" + _source(path) + b"\0")
    return digest.hexdigest()[:16]


def _ask(
    path: str, function: CustomFilter, messages: list[dict[str, str]], id_: str
) -> Finding | None:
    where = f"{_FIELD}: {path}, asked about a conversation of {len(messages)} messages,"
    try:
        reason = function(messages)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever an owner's code raises is theirs to mend
        line = extract_tb(error.__traceback__)[-1]
        raise FilterError(
            f"{where} raised {type(error).__name__} ({Path(line.filename).name}, line"
            f" {line.lineno}): mend the function, or take it from the settings",
            id_,
        ) from None
    if reason is None:
        return None
    if isinstance(reason, str) and _REASON.fullmatch(reason):
        return Finding(reason, path)
    kind = "text that is no snake_case name" if isinstance(reason, str) else type(reason).__name__
    raise FilterError(
        f"{where} returned {kind}: return a drop reason such as `too_salesy`, or None", id_
    )


def _load(path: str) -> CustomFilter:
    module_name, _, name = path.partition(":")
    source = _source(path)
    try:
        module = import_module(module_name)
        # A server lives on while its owner edits: what runs must be what the version was hashed of.
        if _loaded.setdefault(module_name, source) != source:
            module = reload(module)
            _loaded[module_name] = source
    except (Exception, SystemExit) as error:  # noqa: BLE001 - an import runs the owner's code
        raise SettingsError(
            f"{_FIELD}: {path}: {module_name} cannot be imported: {type(error).__name__}: {error}:"
            " mend it, or take the filter from the settings"
        ) from None
    function = getattr(module, name, None)
    if not callable(function):
        lacks = "is no function" if hasattr(module, name) else "is not there"
        raise SettingsError(f"{_FIELD}: {path}: {name} {lacks}: define it in {module.__file__}")
    _check_takes_messages(path, function)
    return function  # type: ignore[no-any-return]


def _check_takes_messages(path: str, function: CustomFilter) -> None:
    try:
        parameters = signature(function)
    except ValueError:  # a function of an extension may tell nothing of itself
        return
    try:
        parameters.bind([])
    except TypeError:
        name = path.partition(":")[2]
        raise SettingsError(
            f"{_FIELD}: {path}: {name}{parameters} cannot be called with the messages alone: define"
            f" it as `def {name}(messages)`"
        ) from None


def _source(path: str) -> bytes:
    """The source of a filter's module, found beside ftdata.yaml or where packages are."""
    module_name = path.partition(":")[0]
    invalidate_caches()
    try:
        spec = find_spec(module_name)
    except ModuleNotFoundError:
        spec = None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a package's own code runs
        raise SettingsError(
            f"{_FIELD}: {path}: {module_name} cannot be imported: {type(error).__name__}: {error}:"
            " mend it, or take the filter from the settings"
        ) from None
    if spec is None or not spec.origin or not spec.origin.endswith(".py"):
        raise SettingsError(
            f"{_FIELD}: {path}: there is no module {module_name}: put"
            f" {module_name.replace('.', '/')}.py into the folder of ftdata.yaml, or install its"
            " package"
        )
    return Path(spec.origin).read_bytes()
