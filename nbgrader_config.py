"""nbgrader's settings: solutions/ is what instructors edit, notebooks/ is what students get."""

c = get_config()  # noqa: F821  (traitlets provides it)

c.CourseDirectory.course_id = "image-classification"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
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
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.OverwriteCells.add_missing_cells = True

# What TensorFlow says when it is loaded takes no mark from whoever loads it in an exercise.
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = r"absl::InitializeLog|oneDNN custom operations|cpu_feature_guard|cuda"
