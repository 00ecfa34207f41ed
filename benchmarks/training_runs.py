"""Record the training runs that an explorer replays.

    python -m benchmarks.training_runs

A network 784-128-10 with ReLU, softmax and Adam learns Fashion-MNIST for 60 epochs: 1,000, 3,000 or
10,000 images, with dropout 0.5 or without, from three seeds. Losses and accuracies by epoch go
to ``course_utils/explorers/training_runs.json``, rounded to four digits.
"""

import json
from itertools import product
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from benchmarks.processes import ROOT
from benchmarks.report import write_aside
from benchmarks.training import clothes, fit, network_of
from course_utils.environment import quiet_tensorflow

quiet_tensorflow()
import keras

RECORDS = ROOT / "course_utils" / "explorers" / "training_runs.json"
SIZES, DROPOUTS, SEEDS, EPOCHS = (1_000, 3_000, 10_000), (0.0, 0.5), (0, 1, 2), 60


def record(n_train: int, dropout: float, seed: int, epochs: int) -> dict[str, list[float]]:
    """Train once; return losses and accuracies by epoch."""
    train, validation, _ = clothes(n_train)
    keras.utils.set_random_seed(seed)
    history = fit(network_of([128], dropout), "adam", train, validation, epochs)
    return {name: [round(value, 4) for value in values] for name, values in history.items()}


def main(
    quick: Annotated[bool, typer.Option(help="A trial: 100 and 200 images, 2 epochs.")] = False,
    output: Annotated[Path, typer.Option(help="The file to write.")] = RECORDS,
) -> None:
    """Train eighteen times and write the records."""
    sizes, epochs = ((100, 200), 2) if quick else (SIZES, EPOCHS)
    turns = tqdm(list(product(sizes, DROPOUTS, SEEDS)), desc="training runs")
    runs = [
        {"images": n, "dropout": dropout, "seed": seed, **record(n, dropout, seed, epochs)}
        for n, dropout, seed in turns
    ]
    lines = ",\n".join(json.dumps(run, separators=(",", ":")) for run in runs)
    write_aside(f"[\n{lines}\n]\n", output)
    print(f"wrote {len(runs)} runs of {epochs} epochs to {output.name}")


if __name__ == "__main__":
    typer.run(main)
