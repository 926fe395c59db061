"""The registry of export targets: one file and one line here for each."""

from __future__ import annotations

from ftdata.release.exports.exporter import Exporter
from ftdata.release.exports.openai import OPENAI
from ftdata.release.exports.openai_dpo import OPENAI_DPO
from ftdata.release.exports.prompt_completion import PROMPT_COMPLETION
from ftdata.release.exports.trl_preference import TRL_PREFERENCE
from ftdata.settings import Dataset

EXPORTERS: dict[str, Exporter] = {
    "openai": OPENAI,
    "prompt_completion": PROMPT_COMPLETION,
    "openai_dpo": OPENAI_DPO,
    "trl_preference": TRL_PREFERENCE,
}


def chosen_exporters(options: Dataset) -> list[Exporter]:
    """The exporters that write files: the chosen ones, and always the top level's."""
    return [one for name, one in EXPORTERS.items() if name in options.exports or not one.folder]
