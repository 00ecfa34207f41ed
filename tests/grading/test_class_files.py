"""What a class leaves in the course's folder cannot be committed by accident."""

import shutil
import subprocess
from pathlib import Path

import pytest
from course_notebooks import COURSE


@pytest.mark.parametrize(
    "name",
    [
        "class.csv",
        "grades.csv",
        "gradebook.csv",
        "gradebook-filled.csv",
        "gradebook.db",
        "gradebook.db.2026-10-12",
        "report.html",
        "moodle.zip",
        "exchange/image-classification/inbound/ada",
        "downloaded/02_one_hot_encoding/archive/ada.ipynb",
        "submitted/ada/02_one_hot_encoding/02_one_hot_encoding.ipynb",
        "autograded/ada/02_one_hot_encoding/02_one_hot_encoding.ipynb",
        "feedback/ada/02_one_hot_encoding/02_one_hot_encoding.html",
        "results/seed",
        "my-notebooks/01_loading_data/01_loading_data.ipynb",
        "notebooks/01_loading_data/my_predictions.json",
    ],
)
def test_git_passes_over_what_belongs_to_a_class_or_a_learner(name: str, tmp_path: Path) -> None:
    shutil.copy(COURSE / ".gitignore", tmp_path)
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    ignored = subprocess.run(["git", "check-ignore", "--quiet", name], cwd=tmp_path, check=False)
    assert ignored.returncode == 0
