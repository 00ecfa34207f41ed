"""What framing is worth for digits on photographed pages, and how MNIST's own pictures look.

The pages are made from MNIST's test digits: each is enlarged, written in dark ink on light paper,
lit, disturbed by noise, saved as JPEG and loaded as a learner's own folder is.
"""

import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from benchmarks.report import Table, page
from course_utils.datasets import dataset_names, load_dataset, load_image_folder
from course_utils.datasets.likeness import RANGES
from course_utils.datasets.likeness import measure as measure_looks
from course_utils.environment import quiet_tensorflow
from course_utils.preprocessing import scale_to_unit
from course_utils.pretrained.rebuilding import build_trained

quiet_tensorflow()

FULL, QUICK = 1_000, 20  # digits for each kind of page
NETWORKS = {"digits_mlp": "MLP", "digits_cnn": "CNN"}
LINES = 0.3  # of the ink's darkness
WAYS = ("as they come", "framed")


@dataclass(frozen=True)
class Paper:
    """A page in dark ink: its size, where the digit stands, and how it was photographed."""

    height: int
    width: int
    digit: int  # pixels along a side of MNIST's whole field
    top: float  # from 0 to 1: where the field stands between the page's upper and lower edge
    left: float
    paper: int = 255
    ink: int = 30
    shadow: int = 0  # grey values from the upper left corner to the lower right
    noise: int = 0  # standard deviation
    squares: int = 0  # side of the printed squares in pixels


PAGES = {
    "in a corner": Paper(300, 400, 84, top=0.95, left=0.95),
    "on half a page": Paper(300, 600, 168, top=0.5, left=0.1),
    "in the middle, small": Paper(280, 280, 112, top=0.5, left=0.5),
    "in a corner, in shadow": Paper(300, 400, 84, 0.95, 0.95, 230, 60, shadow=120, noise=5),
    "on squared paper": Paper(300, 400, 120, 0.3, 0.6, 230, 40, shadow=60, noise=4, squares=30),
    "filling the page, in shadow": Paper(280, 280, 280, 0, 0, 220, 50, shadow=60, noise=4),
}


def photograph(
    digit: NDArray[np.uint8], paper: Paper, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Write one of MNIST's digits on a page, and photograph it."""
    field = Image.fromarray(digit).resize((paper.digit, paper.digit), Image.Resampling.BICUBIC)
    ink = np.zeros((paper.height, paper.width))
    top = round(paper.top * (paper.height - paper.digit))
    left = round(paper.left * (paper.width - paper.digit))
    ink[top : top + paper.digit, left : left + paper.digit] = np.asarray(field) / 255
    if paper.squares:
        lines = np.zeros_like(ink, bool)
        lines[:: paper.squares] = lines[:, :: paper.squares] = True
        ink = np.maximum(ink, LINES * lines)
    down, right = np.linspace(0, 1, paper.height), np.linspace(0, 1, paper.width)
    light = 1 - paper.shadow / paper.paper * (down[:, np.newaxis] + right) / 2
    lit = light * (paper.paper + (paper.ink - paper.paper) * ink)
    return np.clip(lit + rng.normal(0, paper.noise, ink.shape), 0, 255).astype(np.uint8)


def save_all(
    digits: NDArray[np.uint8], labels: NDArray[np.uint8], paper: Paper | None, folder: Path
) -> None:
    """Save digits, photographed or as they are, into one folder for each class."""
    rng = np.random.default_rng(0)
    for i, (digit, label) in enumerate(zip(digits, labels, strict=True)):
        class_folder = folder / str(label)
        class_folder.mkdir(exist_ok=True)
        if paper is None:
            Image.fromarray(digit).save(class_folder / f"{i:05}.png")
        else:
            photo = Image.fromarray(photograph(digit, paper, rng))
            photo.save(class_folder / f"{i:05}.jpg", quality=90)


def tables(*, quick: bool = False) -> list[Table]:
    """Name the pages, the networks and the measures."""
    columns = [
        *(f"{network}, {how}" for how in WAYS for network in NETWORKS.values()),
        *(f"Warning, {how}" for how in WAYS),
    ]
    return [
        Table(
            "# Own pictures\n\n"
            f"The first {QUICK if quick else FULL:,} test digits of MNIST, photographed on pages "
            "of their own, and the accuracy of the small networks that come with the course. As "
            "they come: loaded with `invert=True`. Framed: with `frame=True`. Warning: whether "
            "`load_image_folder` says that they look unlike MNIST's. In the first row are MNIST's "
            "own pictures, saved as files.",
            ["Digits", *columns],
            [("as MNIST has them",), *((kind,) for kind in PAGES)],
        ),
        Table(
            "How the 60,000 training images of each set look by the four measures of the warning, "
            "as fractions.",
            ["Set", "Measure", "Lowest", "Highest"],
            [(name, key) for name in dataset_names() for key in RANGES[name]],
        ),
    ]


def measure(*, quick: bool = False) -> str:
    """Photograph, load and classify digits; measure all training images."""
    accuracies, ranges = tables(quick=quick)
    _, (digits, labels) = load_dataset("mnist")
    n = QUICK if quick else FULL
    rows = [
        _figures(digits[:n], labels[:n], paper)
        for paper in tqdm([None, *PAGES.values()], desc="own pictures", delay=2)
    ]
    return page(accuracies.filled(rows), ranges.filled(_measured_ranges()))


def _figures(
    digits: NDArray[np.uint8], labels: NDArray[np.uint8], paper: Paper | None
) -> list[str]:
    """Load the same pictures both ways: accuracies of the networks, then warnings."""
    accuracies, warned = [], []
    with tempfile.TemporaryDirectory() as name:
        save_all(digits, labels, paper, Path(name))
        for way in ({"invert": paper is not None}, {"frame": True}):
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                images, found, _ = load_image_folder(name, **way)
            warned.append("yes" if caught else "no")
            for network in NETWORKS:
                scores = build_trained(network).predict(
                    scale_to_unit(images)[..., np.newaxis], verbose=0
                )
                accuracies.append(f"{np.mean(scores.argmax(axis=1) == found):.3f}")
    return [*accuracies, *warned]


def _measured_ranges() -> Iterator[list[str]]:
    """Measure the training images of both sets."""
    for name in dataset_names():
        (images, _), _ = load_dataset(name)
        for values in measure_looks(images).values():
            yield [f"{values.min():.4f}", f"{values.max():.4f}"]
