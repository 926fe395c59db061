"""Under which licence the examples of each source may be used, as the settings say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ftdata.release.markdown import table
from ftdata.release.tally import Tally
from ftdata.settings import Settings, Source

# What the hub knows, by its guide "Licenses" (read 2026-11), of what has an SPDX id: that id stands
# there in small letters. Any other licence is `other` there, with its name.
_HUB = (
    "afl-3.0", "agpl-3.0", "apache-2.0", "artistic-2.0", "bsd-2-clause", "bsd-3-clause", "bsl-1.0",
    "cc-by-2.0", "cc-by-3.0", "cc-by-4.0", "cc-by-nc-3.0", "cc-by-nc-4.0", "cc-by-nc-nd-4.0",
    "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "cc-by-nd-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc0-1.0",
    "cdla-permissive-1.0", "cdla-permissive-2.0", "cdla-sharing-1.0", "ecl-2.0", "epl-1.0",
    "epl-2.0", "eupl-1.1", "eupl-1.2", "gpl-2.0", "gpl-3.0", "isc", "lgpl-2.1", "lgpl-3.0",
    "lppl-1.3c", "mit", "mpl-2.0", "ms-pl", "ncsa", "ofl-1.1", "osl-3.0", "postgresql", "unlicense",
    "wtfpl", "zlib",
)  # fmt: skip


def licences_of(settings: Settings, tally: Tally) -> dict[str, str | None]:
    """Licence of each source that has an example, by its name; None where none is listed."""
    names = sorted({source for source, _ in tally.sources})
    return {name: settings.sources.get(name, Source()).licence for name in names}


def licence_values(licences: Mapping[str, str | None]) -> dict[str, Any]:
    """What the front matter of a card says, in the hub's words: nothing where nothing is known."""
    listed = sorted({licence for licence in licences.values() if licence is not None})
    if not listed:
        return {}
    is_one = len(listed) == 1 and None not in licences.values()
    if is_one and listed[0].lower() in _HUB:
        return {"license": listed[0].lower()}
    return {"license": "other", "license_name": listed[0] if is_one else "by-source"}


def licences_section(licences: Mapping[str, str | None]) -> str:
    """The card's section: licence by source, and what to do about those without one."""
    missing = [name for name, licence in licences.items() if licence is None]
    rows = [(name, licence or "none listed") for name, licence in licences.items()]
    shown = table(("source", "licence"), rows)
    if not missing:
        return shown
    return (
        f"{shown}\n\n**Nobody has said under which licence the examples of {len(missing)} of"
        f" {len(licences)} sources may be used: list it as `licence` of each below `sources`.**"
    )
