"""The graph of a BERT encoder for onnxruntime, made from the weights of a published checkpoint.

The checkpoint of MiniLM holds weights alone; onnxruntime wants the computation as well. It is
written here once for a layer, in ONNX's text form (Devlin et al. 2019, section 3; post-norm, GELU).
Sequences in one call have one length, so that there is no padding and no mask.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import onnx.parser
from onnx import numpy_helper

Weights = Mapping[str, npt.NDArray[np.float32]]

_HEADER = (
    '<ir_version: 10, opset_import: ["" : 23]>\nencoder (int64[n, t] ids) => (float[n, t, d] h'
)
_EMBEDDINGS = """
  shape = Shape (ids)
  length = Slice (shape, one, two)
  place = Slice (places, zero, length)
  word = Gather (words, ids)
  sum = Add (word, place)
  h0 = LayerNormalization <epsilon = 1e-12> (sum, norm, norm_bias)"""
_LAYER = """
  qkv@ = MatMul (h@, qkv_weight@)
  qkv_sum@ = Add (qkv@, qkv_bias@)
  q@, k@, v@ = Split <axis = -1, num_outputs = 3> (qkv_sum@)
  attended@ = Attention <q_num_heads = {heads}, kv_num_heads = {heads}> (q@, k@, v@)
  out@ = MatMul (attended@, out_weight@)
  out_sum@ = Add (out@, out_bias@)
  first@ = Add (out_sum@, h@)
  normed@ = LayerNormalization <epsilon = 1e-12> (first@, first_norm@, first_norm_bias@)
  wide@ = MatMul (normed@, wide_weight@)
  wide_sum@ = Add (wide@, wide_bias@)
  bent@ = Gelu (wide_sum@)
  narrow@ = MatMul (bent@, narrow_weight@)
  narrow_sum@ = Add (narrow@, narrow_bias@)
  second@ = Add (narrow_sum@, normed@)
  h# = LayerNormalization <epsilon = 1e-12> (second@, second_norm@, second_norm_bias@)"""


def build_graph(weights: Weights, heads: int) -> bytes:
    """An ONNX model, serialised: token ids (n x t, int64) to last hidden states (n x t x d).

    `weights` are named as in Hugging Face's BertModel. Raises KeyError where one is missing.
    """
    layers = sum(name.endswith("intermediate.dense.weight") for name in weights)
    layer = _LAYER.format(heads=heads)
    body = [layer.replace("@", str(i)).replace("#", str(i + 1)) for i in range(layers)]
    text = f"{_HEADER}{layers}) {{{_EMBEDDINGS}{''.join(body)}\n}}"
    model = onnx.parser.parse_model(text)
    tensors = _embedding_tensors(weights)
    for index in range(layers):
        tensors |= _layer_tensors(weights, index)
    model.graph.initializer.extend(
        numpy_helper.from_array(np.ascontiguousarray(tensor), name)
        for name, tensor in tensors.items()
    )
    return bytes(model.SerializeToString())


def _embedding_tensors(weights: Weights) -> dict[str, npt.NDArray[np.generic]]:
    # Every token is of the first segment: its embedding is added to the places once.
    segment = weights["embeddings.token_type_embeddings.weight"][0]
    return {
        "zero": np.array([0]),
        "one": np.array([1]),
        "two": np.array([2]),
        "words": weights["embeddings.word_embeddings.weight"],
        "places": weights["embeddings.position_embeddings.weight"] + segment,
        "norm": weights["embeddings.LayerNorm.weight"],
        "norm_bias": weights["embeddings.LayerNorm.bias"],
    }


def _layer_tensors(weights: Weights, index: int) -> dict[str, npt.NDArray[np.generic]]:
    layer = f"encoder.layer.{index}."
    qkv = [f"{layer}attention.self.{part}" for part in ("query", "key", "value")]
    tensors: dict[str, npt.NDArray[np.generic]] = {
        f"qkv_weight{index}": np.concatenate([weights[f"{name}.weight"] for name in qkv]).T,
        f"qkv_bias{index}": np.concatenate([weights[f"{name}.bias"] for name in qkv]),
    }
    for ours, theirs in (
        ("out", "attention.output.dense"),
        ("wide", "intermediate.dense"),
        ("narrow", "output.dense"),
    ):
        tensors[f"{ours}_weight{index}"] = weights[f"{layer}{theirs}.weight"].T
        tensors[f"{ours}_bias{index}"] = weights[f"{layer}{theirs}.bias"]
    for ours, theirs in (("first", "attention.output"), ("second", "output")):
        tensors[f"{ours}_norm{index}"] = weights[f"{layer}{theirs}.LayerNorm.weight"]
        tensors[f"{ours}_norm_bias{index}"] = weights[f"{layer}{theirs}.LayerNorm.bias"]
    return tensors
