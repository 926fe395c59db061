"""The registry of export targets: one file and one line here for each."""

from __future__ import annotations

from ftdata.release.exports.alpaca import ALPACA
from ftdata.release.exports.anthropic import ANTHROPIC
from ftdata.release.exports.axolotl import AXOLOTL
from ftdata.release.exports.axolotl_preference import AXOLOTL_PREFERENCE
from ftdata.release.exports.custom import CUSTOM, custom_exporter
from ftdata.release.exports.exporter import Exporter
from ftdata.release.exports.fireworks import FIREWORKS
from ftdata.release.exports.fireworks_preference import FIREWORKS_PREFERENCE
from ftdata.release.exports.gemini import GEMINI
from ftdata.release.exports.gemini_preference import GEMINI_PREFERENCE
from ftdata.release.exports.llama_factory import LLAMA_FACTORY
from ftdata.release.exports.llama_factory_preference import LLAMA_FACTORY_PREFERENCE
from ftdata.release.exports.mistral import MISTRAL
from ftdata.release.exports.mlx import MLX
from ftdata.release.exports.nemo import NEMO
from ftdata.release.exports.nova import NOVA
from ftdata.release.exports.openai import OPENAI
from ftdata.release.exports.openai_dpo import OPENAI_DPO
from ftdata.release.exports.parquet import PARQUET
from ftdata.release.exports.prompt_completion import (
    PROMPT_COMPLETION,
    prompt_completion_exporter,
)
from ftdata.release.exports.sharegpt import SHAREGPT
from ftdata.release.exports.text_chatml import TEXT_CHATML
from ftdata.release.exports.text_gemma import TEXT_GEMMA
from ftdata.release.exports.text_llama3 import TEXT_LLAMA3
from ftdata.release.exports.text_mistral import TEXT_MISTRAL
from ftdata.release.exports.text_qwen import TEXT_QWEN
from ftdata.release.exports.together import TOGETHER
from ftdata.release.exports.together_preference import TOGETHER_PREFERENCE
from ftdata.release.exports.trl import TRL
from ftdata.release.exports.trl_preference import TRL_PREFERENCE
from ftdata.release.exports.trl_prompt_completion import TRL_PROMPT_COMPLETION
from ftdata.release.exports.trl_unpaired import TRL_UNPAIRED
from ftdata.release.exports.unsloth import UNSLOTH
from ftdata.settings import Dataset

EXPORTERS: dict[str, Exporter] = {
    "openai": OPENAI,
    "prompt_completion": PROMPT_COMPLETION,
    "openai_dpo": OPENAI_DPO,
    "trl_preference": TRL_PREFERENCE,
    "trl": TRL,
    "trl_prompt_completion": TRL_PROMPT_COMPLETION,
    "trl_unpaired": TRL_UNPAIRED,
    "alpaca": ALPACA,
    "sharegpt": SHAREGPT,
    "llama_factory": LLAMA_FACTORY,
    "llama_factory_preference": LLAMA_FACTORY_PREFERENCE,
    "axolotl": AXOLOTL,
    "axolotl_preference": AXOLOTL_PREFERENCE,
    "unsloth": UNSLOTH,
    "mlx": MLX,
    "nemo": NEMO,
    "anthropic": ANTHROPIC,
    "nova": NOVA,
    "gemini": GEMINI,
    "gemini_preference": GEMINI_PREFERENCE,
    "mistral": MISTRAL,
    "together": TOGETHER,
    "together_preference": TOGETHER_PREFERENCE,
    "fireworks": FIREWORKS,
    "fireworks_preference": FIREWORKS_PREFERENCE,
    "parquet": PARQUET,
    "custom": CUSTOM,
    "text_chatml": TEXT_CHATML,
    "text_gemma": TEXT_GEMMA,
    "text_llama3": TEXT_LLAMA3,
    "text_mistral": TEXT_MISTRAL,
    "text_qwen": TEXT_QWEN,
}


def exporters(options: Dataset) -> dict[str, Exporter]:
    """All targets by name, those that have settings of their own as these make them.

    Raises SettingsError where a file of `dataset.custom` is not what it should be.
    """
    own = {
        "prompt_completion": prompt_completion_exporter(options.prompt_completion),
        "custom": custom_exporter(options.custom),
    }
    return EXPORTERS | own


def chosen_exporters(options: Dataset) -> list[Exporter]:
    """The exporters that write files: the chosen ones, and always the top level's."""
    return [
        one for name, one in exporters(options).items() if name in options.exports or not one.folder
    ]
