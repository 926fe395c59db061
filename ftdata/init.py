"""A new project folder: the settings with every field explained, Dagster's files, and data/."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ftdata.errors import UsageError
from ftdata.settings import Settings

TEMPLATES = ("dagster.yaml", "workspace.yaml")
FOLDERS = ("raw", "reviews", "evals", "erasures")
IGNORED = "".join(
    f"/{folder}/\n"
    for folder in (
        ".dagster", ".tmp_dagster_home_*", "data/raw", "data/built", "data/cache", "data/datasets"
    )
)  # fmt: skip
_HEAD = """\
# ftdata: settings. Every value below is the default; a line that is left out keeps its default.
# Put records at data/raw/<source>/<date>.jsonl (.csv, .parquet; .gz, .zst), or documents (.md,
# .html, .rst, .txt, .docx, .pdf) into data/raw/<source>/<date>/, and run `ftdata build`.
"""
_SOURCES = """\
# For each source that needs more than the defaults:
#   web_chat:
#     kind: logs
#     fields: {prompt: question, response: answer, user_rating: feedback.stars}
#   help_centre:
#     kind: documents
"""


def write_project(
    path: Path, data_dir: str | None = None, settings: str | None = None
) -> list[Path]:
    """Write the settings file `path` and what belongs beside it; returns the files written.

    Other files that are there already are left as they are. `data_dir` is where the data folders
    go, `data` beside the settings if not given; `settings` the text of the settings file, every
    default with its explanation if not given.
    Raises UsageError where there is a settings file already, or a folder cannot be written.
    """
    if path.exists():
        raise UsageError(f"{path} exists already: `ftdata build` builds it, or name a new folder")
    contents = {path.name: settings or settings_text(data_dir), ".gitignore": IGNORED}
    for name in TEMPLATES:
        contents[name] = files("ftdata").joinpath("templates", name).read_text(encoding="utf-8")
    data = data_dir or str(path.parent / "data")
    written = []
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if "://" not in data:
            for name in FOLDERS:
                Path(data, name).mkdir(parents=True, exist_ok=True)
        for name, text in contents.items():
            place = path.parent / name
            if not place.exists():
                place.write_text(text, encoding="utf-8")
                written.append(place)
    except OSError as error:
        raise UsageError(
            f"{error.filename}: cannot be written ({error.strerror}): name another folder"
        ) from error
    return written


def settings_text(data_dir: str | None = None) -> str:
    """The default settings as YAML, each with its line of documentation, range and choices."""
    settings = Settings(data_dir=data_dir) if data_dir else Settings()
    return _HEAD + "\n" + "\n".join(_section_lines(settings, 0)) + "\n"


def _section_lines(section: BaseModel, depth: int) -> list[str]:
    pad = "  " * depth
    lines: list[str] = []
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if isinstance(value, BaseModel):
            lines += ["", f"{pad}{name}:  # {field.description}", *_section_lines(value, depth + 1)]
        elif name == "sources":
            lines += ["", *_SOURCES.rstrip().splitlines(), "sources: {}"]
        else:
            lines += [f"{pad}# {field.description}{_range(field)}", f"{pad}{name}: {_value(value)}"]
    return lines


def _range(field: FieldInfo) -> str:
    low = next((item.ge for item in field.metadata if isinstance(item, Ge)), None)
    high = next((item.le for item in field.metadata if isinstance(item, Le)), None)
    return f" [{low} to {high}]" if low is not None and high is not None else ""


def _value(value: Any) -> str:  # noqa: ANN401 - a settings value of any kind
    plain = list(value) if isinstance(value, tuple) else value
    return yaml.safe_dump(plain, default_flow_style=True, width=1_000).removesuffix("...\n").strip()
