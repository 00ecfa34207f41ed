"""The record that describes a shipped dataset; `registry` fills it in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ArrayInfo:
    """One array of a dataset, always uint8, and the original file that it comes from."""

    key: str
    shape: tuple[int, ...]
    sha256: str  # of the raw bytes in C order
    original_file: str  # idx, plain or gzip
    original_sha256: str  # of that file as the package ships it


@dataclass(frozen=True)
class OriginalsPackage:
    """The public package that carries a dataset's original files, and its client."""

    manager: str
    name: str
    version: str
    folder: str  # of the idx files inside the unpacked package


@dataclass(frozen=True)
class DatasetInfo:
    """A description of one shipped dataset.

    It prints as a short text, and a notebook shows it with a table of the classes.

    Parameters
    ----------
    name : str
        What to pass to `load_dataset`.
    title : str
        The dataset's name in prose.
    class_names : tuple of str
        The class that each label stands for: label 3 is ``class_names[3]``.
    source, citation : str
        Who made the data, and the publication to cite.
    licence, licence_url : str
        The licence's name and the address of its text.
    file_name, file_sha256 : str
        The shipped .npz file beside this module, and its SHA-256.
    arrays : tuple of ArrayInfo
        The four arrays in the order x_train, y_train, x_test, y_test.
    originals : OriginalsPackage
        Where the original files come from.

    Examples
    --------
    >>> from course_utils.datasets import describe_dataset
    >>> info = describe_dataset("fashion_mnist")
    >>> info.title, info.licence, info.class_names[9]
    ('Fashion-MNIST', 'MIT', 'Ankle boot')
    >>> [array.shape for array in info.arrays]
    [(60000, 28, 28), (60000,), (10000, 28, 28), (10000,)]
    """

    name: str
    title: str
    class_names: tuple[str, ...]
    source: str
    citation: str
    licence: str
    licence_url: str
    file_name: str
    file_sha256: str
    arrays: tuple[ArrayInfo, ...]
    originals: OriginalsPackage

    def _size(self) -> str:
        """Describe the sizes of both splits."""
        (n_train, height, width), n_test = self.arrays[0].shape, self.arrays[2].shape[0]
        return (
            f"{n_train:,} training and {n_test:,} test images, "
            f"{height} × {width} grey values from 0 to 255"
        )

    def __str__(self) -> str:
        classes = ", ".join(f"{label} {name}" for label, name in enumerate(self.class_names))
        return (
            f"{self.title}: {self._size()}\n"
            f"Classes:  {classes}\n"
            f"Source:   {self.source}\n"
            f"Licence:  {self.licence} ({self.licence_url})\n"
            f"Citation: {self.citation}"
        )

    def _repr_markdown_(self) -> str:
        """Describe the dataset for Jupyter."""
        labels = " | ".join(str(label) for label in range(len(self.class_names)))
        return (
            f"**{self.title}**: {self._size()}\n\n"
            f"| label | {labels} |\n"
            f"|---|{'---|' * len(self.class_names)}\n"
            f"| class | {' | '.join(self.class_names)} |\n\n"
            f"- Source: {self.source}\n"
            f"- Licence: [{self.licence}]({self.licence_url})\n"
            f"- Citation: {self.citation}\n"
        )
