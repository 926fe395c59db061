"""The registry of recipes, and what writes them: a target without a line here has none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ftdata.release.exports import EXPORTERS
from ftdata.release.exports.exporter import Exporter
from ftdata.release.recipes.axolotl import AXOLOTL_DPO, AXOLOTL_SFT
from ftdata.release.recipes.llama_factory import LLAMA_FACTORY_DPO, LLAMA_FACTORY_SFT
from ftdata.release.recipes.mlx import MLX_LORA
from ftdata.release.recipes.openai import OPENAI_DPO, OPENAI_SFT
from ftdata.release.recipes.recipe import MODEL, Fit, Recipe
from ftdata.release.recipes.sizing import Kind, size
from ftdata.release.recipes.trl import TRL_DPO, TRL_KTO, TRL_PROMPT_COMPLETION, TRL_SFT
from ftdata.release.recipes.unsloth import UNSLOTH_SFT
from ftdata.release.tally import Tally
from ftdata.settings import Dataset

RECIPES: dict[str, Recipe] = {
    "openai": OPENAI_SFT,
    "openai_dpo": OPENAI_DPO,
    "trl": TRL_SFT,
    "trl_prompt_completion": TRL_PROMPT_COMPLETION,
    "trl_preference": TRL_DPO,
    "trl_unpaired": TRL_KTO,
    "alpaca": LLAMA_FACTORY_SFT,
    "sharegpt": LLAMA_FACTORY_SFT,
    "llama_factory": LLAMA_FACTORY_SFT,
    "llama_factory_preference": LLAMA_FACTORY_DPO,
    "axolotl": AXOLOTL_SFT,
    "axolotl_preference": AXOLOTL_DPO,
    "unsloth": UNSLOTH_SFT,
    "mlx": MLX_LORA,
}


def write_recipes(
    folder: Path, reports: Mapping[str, Mapping[str, Any]], tally: Tally, options: Dataset
) -> list[str]:
    """Write the recipes of the chosen targets that have rows to train on; returns their paths.

    `reports` are those of the targets, by name: their rows by split, and their losses.
    """
    paths = []
    for name, recipe in RECIPES.items():
        if name not in options.exports:
            continue
        fit = _fit(EXPORTERS[name], recipe.kind, reports.get(name, {}), tally, options)
        if fit is None:
            continue
        for file, content in recipe.files(fit).items():
            path = f"{fit.folder}/{file}"
            (folder / fit.folder).mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
            paths.append(path)
    return sorted(paths)


def _fit(
    exporter: Exporter, kind: Kind, report: Mapping[str, Any], tally: Tally, options: Dataset
) -> Fit | None:
    """None where there is nothing to train on."""
    rows = {split: count for split, count in report.get("rows", {}).items() if count}
    tokens = tally.tokens("train", pairs=exporter.holds == "pairs")
    if "train" not in rows or not tokens.size:
        return None
    counted_with = " and ".join(sorted(tally.tokenizers))
    limit = options.recipe.max_length
    return Fit(
        name=options.name,
        model=options.recipe.base_model or MODEL,
        # The top level's own recipe stands with those of the others.
        folder=exporter.folder or f"exports/{exporter.name}",
        files={split: exporter.file(split) for split in rows},
        rows=rows,
        losses=report.get("losses", {}),
        sizing=size(tokens, rows["train"], kind, counted_with, limit),
    )
