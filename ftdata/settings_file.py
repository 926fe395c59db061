"""Loading `ftdata.yaml`: every complaint names the file, the line, the field and the fix."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError

from ftdata.errors import SettingsError
from ftdata.settings import Settings

DEFAULT_NAME = "ftdata.yaml"
MAX_BYTES = 1_048_576


def load_settings(path: Path, *, data_dir: str | None = None) -> Settings:
    """The settings of `path`, or the defaults where that is the default name and is absent.

    `data_dir` overrides the file's own. A relative data folder is relative to the settings file.
    Raises SettingsError with one line per complaint.
    """
    if path.exists():
        settings = parse_settings(_read(path), str(path))
    elif path.name == DEFAULT_NAME:
        settings = Settings()
    else:
        raise SettingsError(f"{path}: no such settings file. `ftdata init DIR` writes one.")
    folder = data_dir if data_dir is not None else _beside(path, settings.data_dir)
    return settings.model_copy(update={"data_dir": folder})


def parse_settings(text: str, name: str = DEFAULT_NAME) -> Settings:
    """Settings from YAML text; `name` is what complaints call the file."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise SettingsError(f"{name}{_yaml_fault(error)}") from error
    if values is None:
        return Settings()
    if not isinstance(values, dict):
        raise SettingsError(
            f"{name}:1: expected sections such as `cleaning:`, found {values!r:.60}"
        )
    _refuse_repeated_keys(node, name)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        faults = [_fault(dict(fault), node, name) for fault in error.errors()]
        raise SettingsError("\n".join(faults)) from error


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SettingsError(f"{path}: over {MAX_BYTES} bytes, which is no settings file")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from error
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error


def _beside(path: Path, folder: str) -> str:
    if "://" in folder or Path(folder).is_absolute():
        return folder
    return str(path.absolute().parent / folder)


def _yaml_fault(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f":{mark.line + 1}" if mark is not None else ""
    return f"{where}: not valid YAML: {getattr(error, 'problem', None) or error}"


def _refuse_repeated_keys(node: yaml.Node | None, name: str) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                raise SettingsError(
                    f"{name}:{line}: `{key.value}` stands already at line {seen[key.value]}:"
                    " keep one of them"
                )
            seen[key.value] = line
            _refuse_repeated_keys(value, name)


def _fault(fault: dict[str, object], node: yaml.Node | None, name: str) -> str:
    path = fault["loc"]
    assert isinstance(path, tuple)
    steps = [str(step) for step in path]
    line = _line_of(node, steps)
    field = ".".join(step for step in steps if step != "[key]")
    if fault["type"] == "extra_forbidden":
        return f"{name}:{line}: unknown key `{field}`{_nearest(steps)}"
    message = str(fault["msg"]).removeprefix("Value error, ")
    given = fault.get("input")
    shown = "" if isinstance(given, dict | BaseModel) else f" (found {given!r:.60})"
    return f"{name}:{line}: `{field}`: {message}{shown}"


def _line_of(node: yaml.Node | None, steps: Sequence[str]) -> int:
    line = node.start_mark.line + 1 if node is not None else 1
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == step), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
            node = node.value[int(step)]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _nearest(steps: Sequence[str]) -> str:
    model: type[BaseModel] | None = Settings
    for step in steps[:-1]:
        field = model.model_fields.get(step) if model is not None else None
        kind = field.annotation if field is not None else None
        model = kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None
    if model is None:
        return ": remove it"
    known = sorted(model.model_fields)
    close = difflib.get_close_matches(steps[-1], known, n=1)
    return f": did you mean `{close[0]}`?" if close else f": known keys are {', '.join(known)}"
