"""What the tests of recipes are fitted to."""

from __future__ import annotations

from typing import Any

import numpy as np
import yaml

from ftdata.release.recipes import RECIPES
from ftdata.release.recipes.recipe import MODEL, Fit
from ftdata.release.recipes.sizing import size

TOKENS = np.arange(1, 1_001, dtype=np.int64)


def fit(target: str, **values: Any) -> Fit:
    """A thousand examples of 1 to 1,000 tokens, and a hundred rows for validation."""
    folder = f"exports/{target}"
    rows = values.get("rows", {"train": 1_000, "validation": 100})
    plain = {
        "name": "Help, 2025",
        "model": MODEL,
        "folder": folder,
        "files": {split: f"{folder}/{split}.jsonl" for split in rows},
        "rows": rows,
        "losses": {},
        "sizing": size(TOKENS, rows["train"], RECIPES[target].kind, "o200k"),
    }
    return Fit(**{**plain, **values})


def read(target: str, **values: Any) -> dict[str, Any]:
    """The settings in a recipe of YAML."""
    (content,) = RECIPES[target].files(fit(target, **values)).values()
    settings: dict[str, Any] = yaml.safe_load(content)
    return settings
