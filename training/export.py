"""Writes a trained network as the small file that ships."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

if TYPE_CHECKING:
    from training.network import Network

OUTPUTS = ("acts", "pieces", "circumplex", "receptive", "shift", "meaning", "gist", "low")


class Shipped(nn.Module):
    """The network as the runtime asks it: one window at a time, and only what it uses."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, parts: Tensor) -> tuple[Tensor, ...]:
        """The outputs, in their order."""
        there = torch.ones_like(ids)
        low = self.network.low(ids, parts, there)
        read = self.network.high(low, parts, there)
        heads = read.heads
        told = heads["acts"], read.pieces, heads["circumplex"].tanh(), heads["receptive"], heads["shift"]
        return *told, read.meaning, read.gist, low


def export(network: Network, path: Path) -> None:
    """Write the network to `path`, its weights in eight bits."""
    network.eval()
    example = torch.tensor([[101, 2017, 2196, 4952, 102, 2, 2748, 102]]), torch.tensor([[0, 0, 0, 0, 0, 1, 1, 1]])
    as_small_file(Shipped(network), example, path, inputs=("ids", "parts"), outputs=OUTPUTS)


def as_small_file(
    module: nn.Module, example: tuple[Tensor, ...], path: Path, *, inputs: Sequence[str], outputs: Sequence[str]
) -> None:
    """Write what reads one window of any length to `path`, its weights in eight bits."""
    by_piece = (*inputs, *(name for name in outputs if name in {"pieces", "low"}))
    with tempfile.TemporaryDirectory() as folder:
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            module,
            example,
            str(whole),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: {0: "rows", 1: "pieces"} for name in by_piece},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        # Seven bits of eight: on processors without VNNI, products of full eight-bit numbers overflow.
        quantize_dynamic(ready, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
