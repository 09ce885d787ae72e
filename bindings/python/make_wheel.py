#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the wheel, which carries the shared library, with the standard library alone.

usage: make_wheel.py --library FILE --output DIRECTORY

It is also the build backend of pyproject.toml (PEP 517, PEP 660): for `pip install ./bindings/python` the library is
that of RESEAU_LIBRARY, or the one built in this clone; without either the package looks for one when it is imported.
"""
import argparse
import base64
import hashlib
import io
import os
import re
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "src"
CLONE = HERE.parent.parent
LIBRARY_NAMES = ("libreseau.so", "libreseau.dylib")
NATIVE_NAME = "_native.abi3.so"


def version():
    for place in (HERE / "VERSION", CLONE / "VERSION"):
        if place.exists():
            return place.read_text().strip()
    raise SystemExit("make_wheel: no VERSION")


def library():
    """The library to carry, or None."""
    chosen = os.environ.get("RESEAU_LIBRARY")
    if chosen:
        return Path(chosen)
    for name in LIBRARY_NAMES:
        for place in (HERE / name, *(CLONE / "build" / preset / "lib" / name for preset in ("release", "debug"))):
            if place.exists():
                return place
    return None


def metadata():
    text = (HERE / "README.md").read_text() if (HERE / "README.md").exists() else ""
    return (
        "Metadata-Version: 2.1\nName: reseau\n"
        f"Version: {version()}\n"
        "Summary: Connections, TLS, datagrams and an asyncio event loop on libreseau\n"
        "License: Apache-2.0\nRequires-Python: >=3.9\n"
        "Classifier: Typing :: Typed\nClassifier: Operating System :: POSIX\n"
        f"Description-Content-Type: text/markdown\n\n{text}"
    )


def glibc_of(file):
    """The newest version of glibc that an ELF file needs, as (2, 34); None if it needs none."""
    # The names of the versions stand in its table of strings, each with a zero before and behind.
    needed = re.findall(rb"\0GLIBC_(\d+)\.(\d+)[.\d]*(?=\0)", Path(file).read_bytes())
    return max(((int(major), int(minor)) for major, minor in needed), default=None)


def tag(carried):
    """That of a wheel which carries these files of machine code: on which systems they run."""
    if not carried:
        return "py3-none-any"
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    versions = [version for version in map(glibc_of, carried) if version]
    if platform.startswith("linux_") and versions:
        # An index takes no wheel for "linux", which says nothing about the system. PEP 600: this glibc or a newer one.
        platform = "manylinux_{}_{}_{}".format(*max(versions), platform[len("linux_") :])
    return f"py3-none-{platform}"


class Wheel:
    """A zip whose last entry lists the others."""

    def __init__(self, directory, carried):
        self.tag = tag(carried)
        self.info = f"reseau-{version()}.dist-info"
        self.name = f"reseau-{version()}-{self.tag}.whl"
        Path(directory).mkdir(parents=True, exist_ok=True)
        self.zip = zipfile.ZipFile(Path(directory) / self.name, "w", zipfile.ZIP_DEFLATED)
        self.records = []

    def add(self, name, data, mode=0o644):
        # The same content gives the same file.
        entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
        entry.external_attr = (0o100000 | mode) << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        self.zip.writestr(entry, data)
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        self.records.append(f"{name},sha256={digest},{len(data)}")

    def finish(self):
        license_file = CLONE / "LICENSE"
        if license_file.exists():
            self.add(f"{self.info}/LICENSE", license_file.read_bytes())
        self.add(f"{self.info}/METADATA", metadata().encode())
        pure = str(self.tag.endswith("-any")).lower()
        wheel = f"Wheel-Version: 1.0\nGenerator: make_wheel\nRoot-Is-Purelib: {pure}\nTag: {self.tag}\n"
        self.add(f"{self.info}/WHEEL", wheel.encode())
        self.records.append(f"{self.info}/RECORD,,")
        self.zip.writestr(f"{self.info}/RECORD", "\n".join(self.records) + "\n")
        self.zip.close()
        return self.name


def sources():
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in (".py", ".typed"):
            yield path


def make(directory, library_file):
    """Returns the wheel's file name."""
    if library_file is not None and not Path(library_file).exists():
        raise SystemExit(f"make_wheel: {library_file} is not there")
    carried = {}
    if library_file is not None:
        carried[f"reseau/{LIBRARY_NAMES[1 if sys.platform == 'darwin' else 0]}"] = Path(library_file)

        # The module in C of reseau.asyncio, for the stable ABI: the wheel is for every version of Python all the same.
        native = Path(library_file).resolve().with_name(NATIVE_NAME)
        if native.exists():
            carried[f"reseau/asyncio/{NATIVE_NAME}"] = native
    wheel = Wheel(directory, list(carried.values()))
    for path in sources():
        wheel.add(path.relative_to(SOURCE).as_posix(), path.read_bytes())
    for name, file in carried.items():
        wheel.add(name, file.read_bytes(), 0o755)
    return wheel.finish()


# ---- The build backend ----


def build_wheel(directory, settings=None, metadata_directory=None):
    """PEP 517."""
    found = library()
    if found is None:
        print("make_wheel: no libreseau is built here, and RESEAU_LIBRARY is not set: the package carries none")
    return make(directory, found)


def build_editable(directory, settings=None, metadata_directory=None):
    """PEP 660: the package stays where it is."""
    wheel = Wheel(directory, [])
    wheel.add("reseau.pth", f"{SOURCE}\n".encode())
    return wheel.finish()


def build_sdist(directory, settings=None):
    """PEP 517."""
    root = f"reseau-{version()}"
    name = f"{root}.tar.gz"
    with tarfile.open(Path(directory) / name, "w:gz") as archive:

        def add(path, data):
            entry = tarfile.TarInfo(f"{root}/{path}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))

        add("PKG-INFO", metadata().encode())
        add("VERSION", version().encode())
        for file in ("pyproject.toml", "make_wheel.py", "README.md"):
            if (HERE / file).exists():
                add(file, (HERE / file).read_bytes())
        for path in sources():
            add(path.relative_to(HERE).as_posix(), path.read_bytes())
    return name


def main():
    parser = argparse.ArgumentParser(description="Makes the wheel.")
    parser.add_argument("--library", required=True)
    parser.add_argument("--output", required=True)
    arguments = parser.parse_args()
    print(os.path.join(arguments.output, make(arguments.output, arguments.library)))


if __name__ == "__main__":
    main()
