"""Axolotl's YAML: `axolotl train recipe.yaml`. Keys are those of Axolotl 0.19."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftdata.release.recipes.recipe import Entry, Fit, Recipe, chosen, model_entry, yaml_file

_CARRIED = ("role", "content", "tool_calls", "tool_call_id", "name")


def axolotl_sft(fit: Fit) -> dict[str, bytes]:
    """Supervised training on the replies, by their weights."""
    source = {
        "type": "chat_template",
        "field_messages": "messages",
        "message_property_mappings": {name: name for name in _CARRIED},
        "field_tools": "tools",
        "roles_to_train": ["assistant"],
        "message_field_training": "weight",
    }
    why = (
        "Replies are trained on; where a reply has a weight of 0, `message_field_training` leaves"
        " it out. All that a message holds is mapped: of what is not, Axolotl keeps only what it"
        " finds in the chat template, and it overlooks calls of tools in some."
    )
    return _files(fit, source, why, list(_packing(fit)))


def axolotl_dpo(fit: Fit) -> dict[str, bytes]:
    """Direct preference optimisation."""
    source = {
        "type": "chat_template.default",
        "field_messages": "messages",
        "field_chosen": "chosen",
        "field_rejected": "rejected",
        "message_property_mappings": {"role": "role", "content": "content"},
    }
    own = [
        Entry("rl", "dpo", "Direct preference optimisation on pairs."),
        Entry("rl_beta", 0.1, "How much it holds to the model it starts from."),
    ]
    return _files(fit, source, "One row is a prompt with its chosen and its rejected reply.", own)


def _packing(fit: Fit) -> Iterator[Entry]:
    packing = fit.sizing.packing
    yield chosen("sample_packing", packing)
    if packing.value:
        why = "Packed examples must not see each other: flash attention keeps them apart."
        yield Entry("attn_implementation", "flash_attention_2", why)
        yield Entry("eval_sample_packing", False, "Each validation example has its own loss.")


def _files(fit: Fit, source: dict[str, Any], why: str, own: list[Entry]) -> dict[str, bytes]:
    size = fit.sizing
    head = (
        f"Axolotl: run `axolotl train {fit.folder}/recipe.yaml` in the folder of this version."
        " Each value has its reason above it."
    )
    entries = [
        model_entry("base_model", fit),
        Entry("chat_template", "tokenizer_default", "The template that the model came with."),
        Entry("datasets", [_dataset(fit, "train", source)], why),
        *_looks(fit, source),
        Entry("dataset_prepared_path", "prepared", "Where the rendered rows are kept."),
        Entry("output_dir", "out", "Where checkpoints go."),
        chosen("sequence_len", size.max_length),
        *own,
        chosen("micro_batch_size", size.batch),
        chosen("gradient_accumulation_steps", size.accumulation),
        chosen("num_epochs", size.epochs),
        chosen("learning_rate", size.learning_rate),
        Entry("optimizer", "adamw_torch", "The usual one."),
        Entry("lr_scheduler", "cosine"),
        chosen("warmup_steps", size.warmup_steps),
        Entry("adapter", "lora", "Small adapters instead of the whole model."),
        chosen("lora_r", size.rank),
        chosen("lora_alpha", size.alpha),
        Entry("lora_dropout", 0.0, "None (Unsloth's guide)."),
        Entry("lora_target_linear", True, "All linear layers (QLoRA, figure 2)."),
        Entry("bf16", "auto", "Where the device knows it."),
    ]
    return {"recipe.yaml": yaml_file(head, entries)}


def _dataset(fit: Fit, split: str, source: dict[str, Any]) -> dict[str, Any]:
    return {"path": fit.files[split], "ds_type": "json", "split": "train", **source}


def _looks(fit: Fit, source: dict[str, Any]) -> Iterator[Entry]:
    if "validation" not in fit.files:
        yield Entry("val_set_size", 0, "There is no row for validation.")
        return
    why = "The split of this dataset; its loader calls every file's rows `train`."
    yield Entry("test_datasets", [_dataset(fit, "validation", source)], why)
    yield chosen("eval_steps", fit.sizing.look_steps)


AXOLOTL_SFT = Recipe("sft", axolotl_sft)
AXOLOTL_DPO = Recipe("preference", axolotl_dpo)
