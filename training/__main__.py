"""Makes the act reader's file: `python -m training --corpora FOLDER`.

Stages keep what they made in `training/build`, so that one that was cut off goes on where it stopped.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training import stages

BUILD = Path(__file__).parent / "build"


def main() -> None:
    """Cross-validate, fit, export, weigh and score."""
    ask = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    ask.add_argument("--corpora", type=Path, required=True, help="the folder of published corpora")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--only", help="fit one network and stop: whole, or a fold's number; several run side by side")
    ask.add_argument("--leave-one-out", action="store_true", help="also train without each corpus, and score it")
    given = ask.parse_args()
    torch.set_num_threads(given.threads)
    BUILD.mkdir(exist_ok=True)
    work = stages.Work.begun(given.corpora, BUILD)
    if given.only:
        work.fit() if given.only == "whole" else work.fold(int(given.only))
        return
    work.fit()
    work.cross_validate()
    work.ship()
    work.teach_replies()
    if given.leave_one_out:
        work.leave_one_out()


if __name__ == "__main__":
    main()
