"""MLX-LM's loader takes our folder and learns the last message of each row.

MLX itself runs on Apple's machines: its modules stand in as empty ones, for the loader asks nothing
of them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest

from ftdata_tests.release.heavy.tiny import CALLS, EXAMPLES, learnt, rendered, tokenizer, write
from ftdata_tests.release.recipes.given import read

pytestmark = pytest.mark.filterwarnings("default")
PARTS = ("mlx", "mlx.core", "mlx.nn", "mlx.nn.utils", "mlx.utils", "mlx.optimizers")
TOLD = [
    (one, place)
    for one in [*EXAMPLES, *CALLS]
    for place, message in enumerate(one.messages)
    if message.is_trained
]


@pytest.fixture
def datasets(monkeypatch: pytest.MonkeyPatch) -> Any:
    pytest.importorskip("transformers", reason="the extra `validators` is not installed")
    import transformers  # noqa: F401  (before the empty modules: it looks for mlx)

    if "mlx.core" not in sys.modules:
        for name in PARTS:
            monkeypatch.setitem(sys.modules, name, MagicMock(__spec__=None, __path__=[]))
    return pytest.importorskip("mlx_lm.tuner.datasets", reason="MLX-LM is not installed")


def taken(datasets: Any, folder: Path) -> tuple[Any, Any, Any]:
    settings = read("mlx") | {"data": str(folder / "exports/mlx"), "test": False}
    found: tuple[Any, Any, Any] = datasets.load_dataset(SimpleNamespace(**settings), tokenizer())
    return found


def test_every_row_is_rendered_and_its_reply_alone_is_learnt(datasets: Any, tmp_path: Path) -> None:
    write(tmp_path, "mlx", [*EXAMPLES, *CALLS])
    write(tmp_path, "mlx", EXAMPLES[:1], "validation")
    train, valid, test = taken(datasets, tmp_path)
    assert (len(train), len(valid), len(test)) == (len(TOLD), 1, 0)
    words = tokenizer()
    for place, (one, last) in enumerate(TOLD):
        ids, offset = train.process(train[place])
        assert words.decode(ids) == rendered(one.messages[: last + 1], one.tools)
        assert words.decode(ids[offset:]) == learnt(one.messages[last : last + 1])[0] + "\n"


def test_an_empty_file_would_stop_it(datasets: Any, tmp_path: Path) -> None:
    """Why a split without a row has no file."""
    path = write(tmp_path, "mlx", EXAMPLES[:1])
    path.with_name("valid.jsonl").write_bytes(b"")
    with pytest.raises(IndexError):
        taken(datasets, tmp_path)


def test_the_recipe_has_no_key_that_it_does_not_know(datasets: Any) -> None:
    lora = pytest.importorskip("mlx_lm.lora", reason="MLX-LM is not installed")
    assert set(read("mlx")) <= set(lora.CONFIG_DEFAULTS)
