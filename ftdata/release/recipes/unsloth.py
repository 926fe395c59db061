"""Unsloth's settings as YAML: each section holds keyword arguments of the function it names.

Unsloth is driven from Python; its functions and TRL's SFTConfig take these sections as they are.
"""

from __future__ import annotations

from ftdata.release.recipes.recipe import Entry, Fit, Recipe, model_entry, yaml_file

_LAYERS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def unsloth_sft(fit: Fit) -> dict[str, bytes]:
    """Supervised training on the replies."""
    size = fit.sizing
    head = (
        "Unsloth: keyword arguments for the functions that the sections are named after. Render"
        " the column `messages` with tokenizer.apply_chat_template. Each section has its reasons"
        " above it."
    )
    model = model_entry("model_name", fit)
    loaded = {"model_name": model.value, "max_seq_length": size.max_length.value}
    adapters = {
        "r": size.rank.value,
        "lora_alpha": size.alpha.value,
        "lora_dropout": 0,
        "target_modules": _LAYERS,
    }
    replies = {
        "instruction_part": "REPLACE_WITH_WHAT_THE_TEMPLATE_PUTS_BEFORE_A_QUESTION",
        "response_part": "REPLACE_WITH_WHAT_THE_TEMPLATE_PUTS_BEFORE_A_REPLY",
    }
    bad = fit.losses.get("weights", 0)
    unweighted = (
        f" {bad:,} examples have replies that are not to be trained on, and they will be: set"
        " formatting.train_on or formatting.min_trained_rating otherwise, or take Axolotl."
    )
    entries = [
        Entry("data_files", dict(fit.files), "For datasets.load_dataset('json', data_files=…)."),
        Entry("FastLanguageModel.from_pretrained", loaded, f"{model.why} {size.max_length.why}"),
        Entry(
            "FastLanguageModel.get_peft_model",
            adapters,
            f"{size.rank.why} {size.alpha.why} All linear layers (QLoRA, figure 2).",
        ),
        Entry("SFTConfig", _config(fit), _why(fit)),
        Entry(
            "train_on_responses_only",
            replies,
            "Keeps the questions out of the loss." + (unweighted if bad else ""),
        ),
    ]
    return {"recipe.yaml": yaml_file(head, entries)}


def _config(fit: Fit) -> dict[str, object]:
    size = fit.sizing
    config: dict[str, object] = {
        "packing": size.packing.value,
        "per_device_train_batch_size": size.batch.value,
        "gradient_accumulation_steps": size.accumulation.value,
        "num_train_epochs": size.epochs.value,
        "learning_rate": size.learning_rate.value,
        "warmup_steps": size.warmup_steps.value,
        "output_dir": "out",
    }
    if "validation" in fit.files:
        config |= {"eval_strategy": "steps", "eval_steps": size.look_steps.value}
    return config


def _why(fit: Fit) -> str:
    size = fit.sizing
    choices = {
        "packing": size.packing,
        "batch": size.batch,
        "accumulation": size.accumulation,
        "epochs": size.epochs,
        "learning rate": size.learning_rate,
        "warm-up": size.warmup_steps,
        "eval_steps": size.look_steps,
    }
    return " ".join(f"{name}: {choice.why}" for name, choice in choices.items())


UNSLOTH_SFT = Recipe("sft", unsloth_sft)
