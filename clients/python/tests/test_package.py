import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from conftest import command

package = Path(__file__).resolve().parents[1]
binaries = Path(sys.executable).parent


def run(*words, **options):
    """Runs a command to its end; what it wrote is the message of a failure."""
    result = subprocess.run(words, capture_output=True, text=True, **options)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.mark.parametrize(
    "words", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids=" ".join
)
def test_the_code_is_well_by(words):
    run(binaries / words[0], *words[1:], cwd=package)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    # The wheel is made of the source distribution. The build backend is installed already.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), cwd=package)
    return folder


def test_the_distributions_hold_what_they_need_and_no_more(built):
    [wheel] = built.glob("*.whl")
    [source] = built.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read("pytest_longcat_mock-0.1.0.dist-info/METADATA").decode()
    with tarfile.open(source) as archive:
        sources = {name.split("/", 1)[1].split("/")[0] for name in archive.getnames()}

    assert {name.split("/")[0] for name in names} == {
        "pytest_longcat_mock",
        "pytest_longcat_mock-0.1.0.dist-info",
    }
    assert "pytest_longcat_mock/py.typed" in names
    assert "pytest_longcat_mock-0.1.0.dist-info/licenses/LICENSE" in names
    assert [line for line in metadata.splitlines() if line.startswith("Requires-")] == [
        "Requires-Python: >=3.10",
        "Requires-Dist: pytest>=8",
    ]
    assert {"src", "tests", "pyproject.toml", "README.md", "LICENSE"} <= sources
    assert not {".venv", "dist"} & sources


def test_the_wheel_runs_in_a_fresh_environment_from_an_empty_folder(built, tmp_path):
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", str(environment))
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    [wheel] = built.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    run(*pip, "install", "--quiet", str(wheel))
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "test_it.py").write_text(
        "import urllib.request\n\n\n"
        "def test_it(longcat):\n"
        '    headers = {"authorization": "Bearer any"}\n'
        '    request = urllib.request.Request(longcat.url + "/openai/v1/models", None, headers)\n'
        "    with urllib.request.urlopen(request) as response:\n"
        "        assert response.status == 200\n"
    )
    output = run(
        *(python, "-m", "pytest", "-q", "--longcat-mock-command", command),
        *("--strict-markers", "--strict-config", "-W", "error"),
        cwd=empty,
    )

    assert "1 passed" in output
