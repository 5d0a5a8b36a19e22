"""A build back end (PEP 517, PEP 660) that needs nothing but Python, so that `pip install ./python` works offline.

The package is pure Python: a wheel is its files and three of metadata, all of them read from pyproject.toml.
"""

import base64
import hashlib
import io
import tarfile
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PACKAGE = HERE / "rathaus"
WHEEL = "Wheel-Version: 1.0\nGenerator: rathaus_build\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def project():
    return tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def metadata():
    about = project()
    lines = ["Metadata-Version: 2.1", f"Name: {about['name']}", f"Version: {about['version']}",
             f"Summary: {about['description']}", f"License: {about['license']['text']}",
             f"Requires-Python: {about['requires-python']}",
             *(f"Requires-Dist: {name}" for name in about["dependencies"])]
    for extra, names in about["optional-dependencies"].items():
        lines += [f"Provides-Extra: {extra}", *(f'Requires-Dist: {name}; extra == "{extra}"' for name in names)]
    return "\n".join(lines) + "\n"


def sources():
    """The files of the package: no caches."""
    return sorted(path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def write_wheel(folder, files):
    """`files`: (name in the wheel, bytes). Dates are fixed, so that the same tree gives the same bytes."""
    about = project()
    info = f"{about['name']}-{about['version']}.dist-info"
    name = f"{about['name']}-{about['version']}-py3-none-any.whl"
    files = [*files, (f"{info}/METADATA", metadata().encode()), (f"{info}/WHEEL", WHEEL.encode())]
    record = ""
    with zipfile.ZipFile(Path(folder) / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, data in files:
            wheel.writestr(zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record += f"{path},sha256={digest},{len(data)}\n"
        wheel.writestr(zipfile.ZipInfo(f"{info}/RECORD", (2020, 1, 1, 0, 0, 0)), record + f"{info}/RECORD,,\n")
    return name


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    return write_wheel(wheel_directory, [(path.relative_to(HERE).as_posix(), path.read_bytes()) for path in sources()])


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    return write_wheel(wheel_directory, [("rathaus.pth", f"{HERE}\n".encode())])


def build_sdist(sdist_directory, config_settings=None):
    about = project()
    base = f"{about['name']}-{about['version']}"
    with tarfile.open(Path(sdist_directory) / f"{base}.tar.gz", "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for path in (HERE / "pyproject.toml", Path(__file__), *sources()):
            archive.add(path, f"{base}/{path.relative_to(HERE).as_posix()}")
        data = metadata().encode()
        entry = tarfile.TarInfo(f"{base}/PKG-INFO")
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    return f"{base}.tar.gz"
