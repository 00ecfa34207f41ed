"""Hostile networks: they are rebuilt and measured where no student's code has run."""

import json
import os
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from course_notebooks import COURSE, lesson_on, nbgrader, read

from course_utils.grading.marking.judging import Material, Task, judge
from course_utils.grading.marking.results import Outcome, Result
from course_utils.sandbox.box import Box, NoSandboxError
from course_utils.sandbox.networks import PackedCall, PackedNetwork, _stand_in, objection

LESSON = lesson_on("multilayer_perceptron")
MATERIAL = Material.read(COURSE, LESSON, seed=48)
ALL, WITHOUT_NETWORK = 9.0, 6.0
PRELOAD = (
    "IPython.core.interactiveshell", "course_utils.lessons", "course_utils.sandbox.worker", "keras"
)  # fmt: skip
RIGHT = """
    network = keras.Sequential([layers.Input(image_shape), layers.Flatten()])
    for units in hidden_units:
        network.add(layers.Dense(units, activation="relu"))
    network.add(layers.Dense(n_classes, activation="softmax"))
"""
WRONG = """
    network = keras.Sequential([layers.Input(image_shape), layers.Flatten(), layers.Dense(1)])
"""


def answer(body: str, returned: str = "network", before: str = "") -> str:
    return (
        "import keras\nfrom keras import layers\n"
        f"{before}\ndef build_mlp(image_shape, hidden_units, n_classes):{body}    return {returned}"
    )


PACK = """
from course_utils.checks import networks as checks
from course_utils.sandbox import networks
"""
ANSWERS = {
    "right": (answer(RIGHT), ALL, Outcome.GRADED),
    "wrong": (answer(WRONG), WITHOUT_NETWORK, Outcome.GRADED),
    "compiled with a loss and a metric of one's own": (
        answer(
            f"{RIGHT}    network.compile('adam', loss=mine, metrics=['accuracy', mine])\n",
            before="def mine(labels, outputs): return keras.ops.mean((labels - outputs) ** 2)",
        ),
        ALL,
        Outcome.GRADED,
    ),
    "with an activation of TensorFlow's": (
        answer(RIGHT.replace('"relu"', "tf.nn.relu"), before="import tensorflow as tf"),
        ALL,
        Outcome.GRADED,
    ),
    "that stands for something else": (
        answer(
            WRONG,
            "networks.PackedNetwork(json.dumps(networks._stand_in('loss', 'x', {})), [], 0)",
            f"{PACK}import json",
        ),
        WITHOUT_NETWORK,
        Outcome.GRADED,
    ),
    "with a layer that runs code": (
        answer(RIGHT, "keras.Sequential([network, layers.Lambda(lambda x: x)])"),
        WITHOUT_NETWORK,
        Outcome.GRADED,
    ),
    "with a layer of one's own": (
        answer(
            RIGHT,
            "keras.Sequential([network, Mine()])",
            "@keras.saving.register_keras_serializable()\nclass Mine(layers.Layer):\n"
            "    def call(self, x): return x",
        ),
        WITHOUT_NETWORK,
        Outcome.GRADED,
    ),
    "that says it is another": (
        answer(
            WRONG,
            before=f"{PACK}described = checks.describe_network\n"
            "checks.describe_network = networks.describe_network = lambda _: 'right'\n"
            "from course_utils.checks import multilayer_perceptron as lesson_checks\n"
            "object.__setattr__(lesson_checks.check_build_mlp, 'describe', lambda *_: 'right')",
        ),
        WITHOUT_NETWORK,
        Outcome.GRADED,
    ),
    "that is packed by the student": (
        answer(WRONG, "networks.PackedNetwork('{}', [], 0)", PACK),
        WITHOUT_NETWORK,
        Outcome.GRADED,
    ),
    "of an unknown class": (
        answer(
            WRONG,
            'networks.PackedNetwork(\'{"class_name": "os.system", "config": {}}\', [], 0)',
            PACK,
        ),
        WITHOUT_NETWORK,
        Outcome.GRADED,
    ),
    "that is too large to be rebuilt": (
        answer(
            WRONG,
            "networks.PackedNetwork(json.dumps(huge(network)), [], 0)",
            f"{PACK}import json\n"
            "def huge(network):\n"
            "    config = keras.saving.serialize_keras_object(network)\n"
            "    config['config']['layers'][-1]['config']['units'] = 10**9\n"
            "    return config",
        ),
        WITHOUT_NETWORK,
        Outcome.GRADED,
    ),
}


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    """A sandbox with Keras."""
    try:
        with Box(os.environ.get("COURSE_SANDBOX"), PRELOAD) as made:
            yield made
    except NoSandboxError as error:
        pytest.skip(str(error))


def hand_in(box: Box, source: str, files: dict[str, bytes] | None = None) -> Result:
    made = read("notebooks", LESSON)
    answers = {cell.id: cell.source for cell in read("solutions", LESSON).cells}
    for cell in made.cells:
        if nbgrader(cell).get("solution"):
            cell.source = answers[cell.id]
        if cell.id == "build-mlp-solution":
            cell.source = source
    return judge(Task(MATERIAL, "ada", json.dumps(made).encode(), files or {}), box)


@pytest.mark.parametrize(
    "name",
    # To refuse a network that is too large takes half a minute.
    [pytest.param(n, marks=pytest.mark.proof if "too large" in n else ()) for n in ANSWERS],
)
def test_a_network_earns_what_it_deserves(box: Box, name: str) -> None:
    source, score, outcome = ANSWERS[name]
    result = hand_in(box, source)
    assert (result.score, result.outcome) == (score, outcome), result


def test_files_of_the_student_s_are_not_where_networks_are_rebuilt(box: Box) -> None:
    spoilt = b"from course_utils.sandbox.worker import Worker\nWorker.describe = None\n"
    names = ("h5py", "tensorflow", "keras", "sitecustomize", "ml_dtypes")
    result = hand_in(box, answer(WRONG), {f"{name}.py": spoilt for name in names})
    assert result.score == WITHOUT_NETWORK


def archive(config: Any) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("config.json", json.dumps(config))
    return content.getvalue()


LAMBDA = {"module": "keras.layers", "class_name": "Lambda", "config": {"function": "..."}}


@pytest.mark.parametrize(
    "config",
    [
        LAMBDA,
        {"module": "builtins", "class_name": "function", "config": "eval"},
        {"module": "os", "class_name": "system", "config": {}},
        {"module": "keras.layers", "class_name": "Dense", "registered_name": "mine>Dense"},
        {"module": "keras", "class_name": "Sequential", "config": {"layers": [LAMBDA]}},
        {"module": "keras.layers", "class_name": "TorchModuleWrapper", "config": {}},
        {"class_name": "Dense", "config": {}},
        _stand_in("optimizer", "Adam", {"learning_rate": LAMBDA}),
    ],
    ids=range(8),
)
@pytest.mark.parametrize("place", ["network", "file"])
def test_what_may_run_code_is_not_rebuilt(config: Any, place: str) -> None:
    call = {
        "network": PackedCall(PackedNetwork(json.dumps(config), [], 0), [], -1, {}),
        "file": PackedCall(None, [], -1, {"model.keras": archive(config)}),
    }[place]
    assert objection(call)


@pytest.mark.parametrize("name", ["../model.keras", "/tmp/model.keras", "a/b.keras"])
def test_a_file_that_would_leave_its_folder_is_not_written(name: str) -> None:
    assert objection(PackedCall(None, [], -1, {name: b""}))
