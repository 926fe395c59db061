"""Front matter: the lines of metadata that stand before a document, and the title in them."""

from __future__ import annotations

import re

import yaml

from ftdata.documents.markdown_lines import Lines

_TITLE = re.compile(r"title\s*[:=]\s*(\S.*?)\s*$", re.IGNORECASE)
_PLAIN = re.compile(r"[^\s\"'>|&*!%@`\[{#][^#\\]*")

# What PyYAML raises on values that are not of the type that they name, beside its own errors.
_FAULTS = (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


def take_front_matter(lines: Lines) -> str | None:
    """Hide the front matter of a document; its title, where it gives one.

    YAML between lines of `---`, TOML between lines of `+++`.
    """
    fence = lines.shown[0].rstrip()
    if fence not in ("---", "+++"):
        return None
    ends = ("---", "...") if fence == "---" else ("+++",)
    last = next((i for i, line in enumerate(lines.shown[1:], 1) if line.rstrip() in ends), 0)
    if not last or not _is_metadata(lines.shown[1:last]):
        return None
    title = _title(lines.shown[1:last])
    for line in range(last + 1):
        lines.blank(line)
    return title


def _is_metadata(rows: list[str]) -> bool:
    """A rule may be what stands first in a document, and another one follow."""
    first = next((row for row in rows if row.strip() and not row.startswith("#")), "x: y")
    return re.match(r"[\w\"'.-]+\s*[:=]|\[|- ", first) is not None


def _title(rows: list[str]) -> str | None:
    for at, row in enumerate(rows):
        found = _TITLE.match(row)
        if found is None:
            continue
        if _PLAIN.fullmatch(found[1]):
            return found[1]
        more = [row]
        for later in rows[at + 1 :]:
            if later.strip() and not later[0].isspace():
                break
            more.append(later)
        return _parsed("\n".join(more).partition(found[1])[2], found[1])
    return None


def _parsed(rest: str, value: str) -> str | None:
    try:
        title = yaml.safe_load(f"{value}{rest}")
    except _FAULTS:
        return value.strip("\"' ") or None
    return title.strip() or None if isinstance(title, str) else None
