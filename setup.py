"""Everything is declared in pyproject.toml; two things setuptools cannot be told there.

It asks a distribution whether it ``has_data`` before it installs data files beside an editable
package, but no distribution has such a method, so that they are silently left out. And a package
holds only what lies in its own folder, while the students' notebooks lie beside it.
"""

from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py

NOTEBOOKS = Path("notebooks")


class Course(Distribution):
    """A distribution that says when it has data files."""

    def has_data(self) -> bool:
        """Tell whether there are data files to install."""
        return self.has_data_files()


class WithNotebooks(build_py):
    """Puts the released notebooks, and nothing that lies beside them, into the package."""

    def run(self) -> None:
        """Build the package; one that is installed in place finds the notebooks where they are."""
        super().run()
        if not self.editable_mode:
            for source, target in self._notebooks().items():
                self.mkpath(str(Path(target).parent))
                self.copy_file(source, target)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """List what is built."""
        return [*super().get_outputs(include_bytecode), *self._notebooks().values()]

    def get_source_files(self) -> list[str]:
        """List what a source archive needs."""
        return [*super().get_source_files(), *self._notebooks()]

    def _notebooks(self) -> dict[str, str]:
        released = [p for p in NOTEBOOKS.glob("*/*.ipynb") if p.stem == p.parent.name]
        package = Path(self.build_lib, "course_utils")
        return {str(p): str(package / p) for p in [*released, *NOTEBOOKS.glob("*.md")]}


setup(distclass=Course, cmdclass={"build_py": WithNotebooks})
