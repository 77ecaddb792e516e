"""The Python examples of LongCat's Quick Start, unchanged but for host and key."""

import ast
import subprocess
import sys

import pytest
from conftest import root

key = "lc-quick-start"


@pytest.fixture(scope="module")
def quick_start_mock(start_mock):
    return start_mock("--accept-key", key)


@pytest.fixture
def run_example(quick_start_mock, tmp_path):
    def run(name):
        example = (root / "test/quick-start" / name).read_text()
        script = tmp_path / "example.py"
        script.write_text(
            example.replace("https://api.longcat.chat", quick_start_mock.url).replace(
                "YOUR_APP_KEY", key
            )
        )
        command = [sys.executable, str(script)]
        result = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


def test_the_requests_example_prints_a_completion(run_example):
    completion = ast.literal_eval(run_example("requests.py"))
    assert completion["object"] == "chat.completion"
    assert completion["model"] == "LongCat-2.0"
    assert completion["choices"][0]["message"]["content"]


@pytest.mark.parametrize("name", ["openai_sdk.py", "anthropic_sdk.py"])
def test_the_sdk_example_prints_an_answer(run_example, name):
    assert run_example(name).strip()
