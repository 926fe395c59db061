"""Loading `ftdata.yaml`: every complaint names the file, the line, the field and the fix."""

from __future__ import annotations

import difflib
import reprlib
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeGuard

import yaml
from pydantic import BaseModel, ValidationError

from ftdata.errors import SettingsError
from ftdata.settings import Settings
from ftdata.settings_cleaning import Cleaning

DEFAULT_NAME = "ftdata.yaml"
MAX_BYTES = 1_048_576
# PyYAML lets what its constructors of dates, numbers and booleans raise go through.
_YAML_ERRORS = (yaml.YAMLError, ValueError, LookupError, AttributeError)
_EXPECTED = {
    "tuple_type": "expected a list, such as [a, b]",
    "dict_type": "expected keys and values below it",
    "model_type": "expected keys and values below it",
}


def load_settings(path: Path, *, data_dir: str | None = None) -> Settings:
    """The settings of `path`, or the defaults where that is the default name and is absent.

    `data_dir` overrides the file's own. A relative data folder is relative to the settings file,
    and so are presidio's configuration and the files of `dataset.custom`.
    Raises SettingsError with one line per complaint.
    """
    if path.exists():
        settings = parse_settings(_read(path), str(path))
    elif path.name == DEFAULT_NAME and path.parent.is_dir():
        settings = Settings()
    else:
        raise SettingsError(f"{path}: no such settings file. `ftdata init DIR` writes one.")
    folder = data_dir if data_dir is not None else _beside(path, settings.data_dir)
    custom = settings.dataset.custom.beside(str(path.absolute().parent))
    return settings.model_copy(
        update={
            "data_dir": folder,
            "cleaning": _with_config_beside(path, settings.cleaning),
            "dataset": settings.dataset.model_copy(update={"custom": custom}),
        }
    )


def parse_settings(text: str, name: str = DEFAULT_NAME) -> Settings:
    """Settings from YAML text; `name` is what complaints call the file.

    A section or a source with nothing below it has the defaults.
    """
    node = None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except _YAML_ERRORS as error:
        raise SettingsError(f"{name}{_yaml_fault(error, node)}") from error
    except RecursionError:
        raise SettingsError(f"{name}: nested too deeply for a settings file") from None
    if values is None:
        return Settings()
    if not isinstance(values, dict):
        raise SettingsError(
            f"{name}:1: expected sections such as `cleaning:`, found {_short(values)}"
        )
    _refuse_repeated_keys(node, name)
    try:
        return Settings.model_validate(_fill_sections(values, Settings))
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


def _with_config_beside(path: Path, cleaning: Cleaning) -> Cleaning:
    config = cleaning.pii.presidio_config
    if config is None:
        return cleaning
    pii = cleaning.pii.model_copy(update={"presidio_config": _beside(path, config)})
    return cleaning.model_copy(update={"pii": pii})


def _fill_sections(values: dict[object, object], model: type[BaseModel]) -> dict[object, object]:
    filled = dict(values)
    for name, field in model.model_fields.items():
        section, kind = values.get(name), field.annotation
        if name == "sources" and isinstance(section, dict):
            filled[name] = {key: {} if value is None else value for key, value in section.items()}
        elif _is_section(kind) and name in values:
            if section is None:
                filled[name] = {}
            elif isinstance(section, dict):
                filled[name] = _fill_sections(section, kind)
    return filled


def _yaml_fault(error: Exception, node: yaml.Node | None) -> str:
    mark = getattr(error, "problem_mark", None) or _place_of_bad_scalar(node)
    where = f":{mark.line + 1}" if mark is not None else ""
    return f"{where}: not valid YAML: {getattr(error, 'problem', None) or error}"


def _place_of_bad_scalar(node: yaml.Node | None) -> yaml.Mark | None:
    """Where the value stands that is no date, number or boolean though it looks like one."""
    loader = yaml.SafeLoader("")
    for inner in _nodes(node, set()):
        try:
            if isinstance(inner, yaml.ScalarNode):
                loader.construct_object(inner)
        except _YAML_ERRORS:
            return inner.start_mark
    return None


def _nodes(node: yaml.Node | None, seen: set[int]) -> Iterator[yaml.Node]:
    """The node and all below it, each once: an alias may lead anywhere, even back."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    yield node
    if isinstance(node, yaml.SequenceNode | yaml.MappingNode):
        is_list = isinstance(node, yaml.SequenceNode)
        below = node.value if is_list else chain.from_iterable(node.value)
        for inner in below:
            yield from _nodes(inner, seen)


def _refuse_repeated_keys(node: yaml.Node | None, name: str) -> None:
    for mapping in _nodes(node, set()):
        seen: dict[str, int] = {}
        for key, _ in mapping.value if isinstance(mapping, yaml.MappingNode) else ():
            line = key.start_mark.line + 1
            if key.value in seen:
                raise SettingsError(
                    f"{name}:{line}: `{key.value}` stands already at line {seen[key.value]}:"
                    " keep one of them"
                )
            seen[key.value] = line


def _short(value: object) -> str:
    return f"{reprlib.repr(value):.60}"


def _fault(fault: dict[str, object], node: yaml.Node | None, name: str) -> str:
    path, context = fault["loc"], fault.get("ctx", {})
    assert isinstance(path, tuple)
    assert isinstance(context, dict)
    below = str(context.get("at", ""))  # where a section's fields contradict one another
    steps = [str(step) for step in path] + below.split(".") * bool(below)
    line = _line_of(node, steps)
    field = ".".join(step for step in steps if step != "[key]")
    if fault["type"] == "extra_forbidden":
        return f"{name}:{line}: unknown key `{field}`{_nearest(steps)}"
    message = _expected(fault, steps) or str(fault["msg"]).removeprefix("Value error, ")
    given = fault.get("input")
    shown = "" if isinstance(given, dict | BaseModel) else f" (found {_short(given)})"
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


def _expected(fault: dict[str, object], steps: Sequence[str]) -> str | None:
    """What is to be written where a list, a mapping or a section is wanted; None elsewhere."""
    expected = _EXPECTED.get(str(fault["type"]))
    model = _model_of(steps[:-1])
    field = model.model_fields.get(steps[-1]) if model is not None else None
    if not expected or field is None:
        return expected
    section, given = field.annotation, fault.get("input")
    if _is_section(section) and "action" in section.model_fields and isinstance(given, str | bool):
        action = "off" if given is False else given
        return f"write `{steps[-1]}: {{action: {action}}}`"
    if _is_section(section) and "enabled" in section.model_fields and given is False:
        return f"write `{steps[-1]}: {{enabled: false}}`"
    return f"{expected}, such as `{field.examples[0]}`" if field.examples else expected


def _is_section(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _model_of(steps: Sequence[str]) -> type[BaseModel] | None:
    """The section to which these keys lead; None where it is none."""
    model: type[BaseModel] | None = Settings
    for step in steps:
        field = model.model_fields.get(step) if model is not None else None
        kind = field.annotation if field is not None else None
        model = kind if _is_section(kind) else None
    return model


def _nearest(steps: Sequence[str]) -> str:
    model = _model_of(steps[:-1])
    if model is None:
        return ": remove it"
    known = sorted(model.model_fields)
    close = difflib.get_close_matches(steps[-1], known, n=1)
    return f": did you mean `{close[0]}`?" if close else f": known keys are {', '.join(known)}"
