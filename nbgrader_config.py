"""nbgrader's settings: solutions/ is what instructors edit, notebooks/ is what students get."""

import os
from pathlib import Path

c = get_config()  # noqa: F821  (traitlets provides it)

c.CourseDirectory.course_id = "image-classification"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
# Where instructor and students exchange work: a folder that needs no administrator. A hub, or a
# class with accounts of their own, names another: NBGRADER_EXCHANGE=/srv/exchange.
c.Exchange.root = os.environ.get("NBGRADER_EXCHANGE") or str(Path(__file__).parent / "exchange")
# nbgrader copies everything beside a notebook: answers and a learner's own files stay behind.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "answers.py",
    "my_predictions*.json",
    "*.tmp",
]

# An untouched notebook runs to its end: the stub returns nothing, and the check says so.
c.ClearSolutions.code_stub = {"python": "# Your code here\n..."}
c.ClearSolutions.text_stub = "*Your answer here.*"

# A solution cell that is half written stops no other: JupyterLab asks for this tag.
c.GenerateAssignment.preprocessors.append("course_utils.grading.stock.RunOn")
# A line ends before a number or behind its unit, not between them.
c.GenerateAssignment.preprocessors.append("course_utils.grading.stock.KeepUnits")

# Long demonstrations teach; they are not graded.
c.Execute.skip_cells_with_tag = "demo"
c.ExecutePreprocessor.timeout = 300

# A student may well copy a graded cell, or delete one by accident.
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "course_utils.grading.stock.DropCopies",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "course_utils.grading.stock.PutBack",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.OverwriteCells.add_missing_cells = True

# Whoever marks sees the model answer; a page of feedback shows neither it nor hidden tests.
c.Autograde.autograde_preprocessors.append("course_utils.grading.stock.ShowModels")
c.GenerateFeedback.preprocessors = [
    "course_utils.grading.stock.TellUnmarked",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    "course_utils.grading.stock.KeepFromStudents",
]
# Work that came as files has no secret by which its page is fetched, and stops nobody else's.
c.ExchangeFactory.release_feedback = "course_utils.grading.stock.ReleaseFeedback"

# What TensorFlow says when it is loaded takes no mark from whoever loads it in an exercise.
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = r"absl::InitializeLog|oneDNN custom operations|cpu_feature_guard|cuda"
