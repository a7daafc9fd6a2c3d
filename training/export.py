"""Writes a trained network as the small file that ships."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

if TYPE_CHECKING:
    from training.network import Network

OUTPUTS = ("acts", "pieces", "circumplex", "receptive", "shift", "meaning")


class Shipped(nn.Module):
    """The network as the runtime asks it: one window at a time, and only what it uses."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, parts: Tensor) -> tuple[Tensor, ...]:
        """The outputs, in their order."""
        read = self.network(ids, parts, torch.ones_like(ids))
        heads = read.heads
        return heads["acts"], read.pieces, heads["circumplex"].tanh(), heads["receptive"], heads["shift"], read.meaning


def export(network: Network, path: Path) -> None:
    """Write the network to `path`, its weights in eight bits."""
    network.eval()
    example = torch.tensor([[101, 2017, 2196, 4952, 102, 2, 2748, 102]]), torch.tensor([[0, 0, 0, 0, 0, 1, 1, 1]])
    with tempfile.TemporaryDirectory() as folder:
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            Shipped(network),
            example,
            str(whole),
            input_names=["ids", "parts"],
            output_names=list(OUTPUTS),
            dynamic_axes={name: {0: "rows", 1: "pieces"} for name in ("ids", "parts", "pieces")},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        # Seven bits of eight: on processors without VNNI, products of full eight-bit numbers overflow.
        quantize_dynamic(ready, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
