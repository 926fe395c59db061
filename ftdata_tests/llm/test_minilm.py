"""MiniLM: the graph against plain NumPy, windows, scripts, and the published figures."""

import sys

import numpy as np
import pytest

from ftdata.errors import SettingsError
from ftdata.llm import minilm
from ftdata.llm.minilm import MiniLM, is_readable, missing_parts

pytest.importorskip("onnx", reason="the extra `semantic` is not installed")
pytest.importorskip("onnxruntime", reason="the extra `semantic` is not installed")

WIDTH, HEADS, LAYERS, WORDS = 16, 2, 2, 30
DENSE = {
    "attention.self.query": (WIDTH, WIDTH),
    "attention.self.key": (WIDTH, WIDTH),
    "attention.self.value": (WIDTH, WIDTH),
    "attention.output.dense": (WIDTH, WIDTH),
    "intermediate.dense": (64, WIDTH),
    "output.dense": (WIDTH, 64),
}


@pytest.fixture(scope="session")
def real():
    if missing_parts():
        pytest.skip("the weights of MiniLM are not installed")
    return MiniLM.load()


def small_weights():
    rng = np.random.default_rng(0)

    def draw(*shape):
        return rng.standard_normal(shape).astype(np.float32)

    weights = {
        "embeddings.word_embeddings.weight": draw(WORDS, WIDTH),
        "embeddings.position_embeddings.weight": draw(12, WIDTH),
        "embeddings.token_type_embeddings.weight": draw(2, WIDTH),
    }
    norms = ["embeddings"]
    for layer in range(LAYERS):
        for name, shape in DENSE.items():
            weights[f"encoder.layer.{layer}.{name}.weight"] = draw(*shape) / 4
            weights[f"encoder.layer.{layer}.{name}.bias"] = draw(shape[0])
        norms += [f"encoder.layer.{layer}.{part}" for part in ("attention.output", "output")]
    for norm in norms:
        weights[f"{norm}.LayerNorm.weight"] = draw(WIDTH)
        weights[f"{norm}.LayerNorm.bias"] = draw(WIDTH)
    return weights


def bert(weights, ids):
    """Last hidden states as the paper has them, one sequence at a time, one head at a time."""
    from math import erf

    def norm(x, name):
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + 1e-12)
        return scaled * weights[f"{name}.LayerNorm.weight"] + weights[f"{name}.LayerNorm.bias"]

    def dense(x, name):
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def attend(x, layer):
        q, k, v = (dense(x, f"{layer}attention.self.{n}") for n in ("query", "key", "value"))
        size = WIDTH // HEADS
        heads = []
        for head in range(HEADS):
            part = slice(head * size, (head + 1) * size)
            scores = np.exp(q[:, part] @ k[:, part].T / np.sqrt(size))
            heads.append(scores / scores.sum(axis=1, keepdims=True) @ v[:, part])
        return np.concatenate(heads, axis=1)

    gelu = np.vectorize(lambda x: x / 2 * (1 + erf(x / np.sqrt(2))))
    x = weights["embeddings.word_embeddings.weight"][ids].astype(np.float64)
    x += weights["embeddings.position_embeddings.weight"][: len(ids)]
    x = norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings")
    for index in range(LAYERS):
        layer = f"encoder.layer.{index}."
        attended = dense(attend(x, layer), f"{layer}attention.output.dense")
        x = norm(attended + x, f"{layer}attention.output")
        wide = gelu(dense(x, f"{layer}intermediate.dense"))
        x = norm(dense(wide, f"{layer}output.dense") + x, f"{layer}output")
    return x


def small_model():
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = ["[CLS]", "[SEP]", "[UNK]", *(f"w{number}" for number in range(WORDS - 3))]
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return MiniLM(minilm.open_session(small_weights(), HEADS), tokenizer)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(minilm, "DIMENSIONS", WIDTH)
    monkeypatch.setattr(minilm, "_WINDOW", 6)
    return small_model()


def test_the_graph_computes_what_the_paper_says():
    weights = small_weights()
    ids = np.array([[0, 5, 9, 9, 1], [0, 29, 3, 12, 1]])
    hidden = minilm.open_session(weights, HEADS).run(None, {"ids": ids})[0]
    np.testing.assert_allclose(hidden, [bert(weights, row) for row in ids], atol=2e-5)


def test_a_vector_is_the_mean_over_all_windows(small):
    [vector] = small.embed(["w0 w1 w2 w3 w4 w5"])
    weights = small_weights()
    windows = [bert(weights, ids) for ids in ([0, 3, 4, 5, 6, 1], [0, 7, 8, 1])]
    total = np.concatenate(windows).sum(axis=0)
    np.testing.assert_allclose(vector, total / np.linalg.norm(total), atol=1e-5)


def test_a_common_beginning_makes_no_two_texts_equal(small):
    first, second = small.embed(["w0 w1 w2 w3 w4 w5", "w0 w1 w2 w3 w8 w9"])
    assert np.abs(first - second).max() > 1e-3


def test_a_vector_does_not_depend_on_the_texts_beside_it(small, monkeypatch):
    texts = [f"w{a} w{b}" * (1 + a % 3) for a in range(9) for b in range(4)]
    whole = small.embed(texts)
    monkeypatch.setattr(minilm, "_RUN_TOKENS", 10)
    np.testing.assert_array_equal(small.embed(texts[::-1])[::-1], whole)
    np.testing.assert_array_equal(np.concatenate([small.embed([text]) for text in texts]), whole)


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("How do I reset it?", True),
        ("¿Cuántos sentidos tienen los seres humanos?", True),
        ("12 + 30 = 42 🙂", True),
        ("The word λόγος is Greek and has many meanings", True),
        ("あなたは誰？", False),
        ("تو فوتبال بازی میکنی", False),
        ("你是作弊 ok", False),
    ],
)
def test_scripts_it_does_not_know_have_no_vector(small, text, readable):
    assert is_readable(text) == readable
    assert small.embed([text]).any() == readable


def test_other_bytes_than_the_published_ones_are_refused(monkeypatch, tmp_path):
    """The package's own code is not run: here it would fail."""
    package = tmp_path / "other_weights"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("raise AssertionError")
    (package / "model" / "model.safetensors").write_bytes(b"other")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(minilm, "WEIGHTS_PACKAGE", "other_weights")
    pytest.importorskip("safetensors", reason="the extra `semantic` is not installed")
    with pytest.raises(SettingsError, match=r"model\.safetensors is not the published file"):
        MiniLM.load()
    assert "other_weights" not in sys.modules


def test_the_published_similarities_come_out(real):
    """Those of the example in the documentation of sentence-transformers."""
    vectors = real.embed(
        ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    )
    expected = [[1, 0.6660, 0.1046], [0.6660, 1, 0.1411], [0.1046, 0.1411, 1]]
    np.testing.assert_allclose(vectors @ vectors.T, expected, atol=1e-4)


def test_the_real_vectors_have_length_one_and_depend_on_their_text_alone(real):
    texts = ["a b c", "Where is my order?", "x " * 600, "How long does a refund take?"] * 3
    vectors = real.embed(texts)
    np.testing.assert_allclose(np.square(vectors).sum(axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(real.embed(texts[1:2]), vectors[1:2])
    np.testing.assert_array_equal(real.embed(texts[::-1])[::-1], vectors)
