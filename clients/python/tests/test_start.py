import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from pytest_longcat_mock import LongcatMockError
from pytest_longcat_mock.command import find_command

wants_it = """
    def test_wants_it(longcat): ...

    def test_wants_it_too(longcat): ...

    def test_does_not(): ...
"""
plain = "[pytest]\nasyncio_default_fixture_loop_scope = function\n"


def make_command(folder):
    folder.mkdir(parents=True, exist_ok=True)
    command = folder / "longcat-mock"
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    return str(command)


def test_the_nearest_installed_command_is_found(tmp_path, monkeypatch):
    project = tmp_path / "project" / "tests"
    project.mkdir(parents=True)
    empty = tmp_path / "empty"
    monkeypatch.setenv("PATH", str(empty))
    with pytest.raises(LongcatMockError, match=r"There is no longcat-mock: .*npm install .*--long"):
        find_command(None, project)

    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path / "bin"), str(tmp_path / "npm")]))
    shutil.copy(make_command(tmp_path / "npm"), tmp_path / "npm" / "npx")
    (tmp_path / "npm" / "longcat-mock").unlink()
    npx = (str(tmp_path / "npm" / "npx"), "--no-install", "longcat-mock")
    assert find_command(None, project).words == npx
    installed = make_command(tmp_path / "bin")
    assert find_command(None, project).words == (installed,)
    local = make_command(tmp_path / "project" / "node_modules" / ".bin")
    assert find_command(None, project).words == (local,)
    assert find_command("node 'a b.js'", project).words == ("node", "a b.js")


def test_option_ini_and_variable_name_the_command_in_that_order(project, monkeypatch):
    monkeypatch.setenv("LONGCAT_MOCK_COMMAND", "by-variable")
    project.makeini("[pytest]\nlongcat_mock_command = by-ini\n")
    project.makepyfile(wants_it)
    by_option = project.runpytest_subprocess("--longcat-mock-command", "by-option")
    by_ini = project.runpytest_subprocess()

    by_option.assert_outcomes(passed=1, errors=2)
    by_option.stdout.fnmatch_lines(['Cannot run "by-option", as it was given: *npm install*'])
    by_ini.stdout.fnmatch_lines(['Cannot run "by-ini", *'])


def test_what_the_command_wrote_is_told_when_it_ends_at_once(project, monkeypatch):
    project.makeini("[pytest]\nlongcat_mock_args = --quirk usage-lat=on\n")
    project.makepyfile(wants_it)
    result = project.runpytest_subprocess()

    result.assert_outcomes(passed=1, errors=2)
    result.stdout.fnmatch_lines(
        ["longcat-mock (*) ended with exit code 2. It wrote:", "*usage-lat*"]
    )


def test_a_command_that_is_never_ready_is_ended_and_its_words_are_told(project, monkeypatch):
    slow = "import sys, time; print('still thinking', file=sys.stderr, flush=True); time.sleep(60)"
    (project.path / "slow.py").write_text(slow)
    monkeypatch.setenv("LONGCAT_MOCK_COMMAND", f"'{sys.executable}' slow.py")
    monkeypatch.setattr("pytest_longcat_mock.process._stop_seconds", 0)
    project.makeini(f"{plain}longcat_mock_timeout = 1\n")
    project.makepyfile(wants_it)
    result = project.runpytest_inprocess()

    result.assert_outcomes(passed=1, errors=2)
    result.stdout.fnmatch_lines(["*was not ready after 1 seconds. It wrote:", "still thinking"])


def test_a_timeout_that_is_no_number_is_told(project):
    project.makeini(f"{plain}longcat_mock_timeout = soon\n")
    project.makepyfile(wants_it)
    result = project.runpytest_inprocess()

    result.assert_outcomes(passed=1, errors=2)
    result.stdout.fnmatch_lines(['longcat_mock_timeout is "soon": give a number of seconds, *'])


def test_a_mock_that_is_gone_is_told_by_the_tests_that_miss_it(project):
    project.makepyfile(
        """
        import contextlib, socket

        def test_ends_it(longcat, longcat_server):
            host, port = longcat_server.url.removeprefix("http://").split(":")
            with socket.create_connection((host, int(port)), 30) as connection:
                longcat_server.admin.ask("POST", "shutdown")
                with contextlib.suppress(ConnectionError):
                    assert connection.recv(1) == b""

        def test_misses_it(longcat): ...
        """
    )
    result = project.runpytest_subprocess()

    result.assert_outcomes(passed=1, errors=2)
    result.stdout.fnmatch_lines(['The mock at "http://*" does not answer: *. Is it still running?'])


def test_a_mock_that_runs_elsewhere_is_used_and_left_running(project, longcat_server, monkeypatch):
    monkeypatch.setenv("LONGCAT_MOCK_URL", f"{longcat_server.url}/")
    monkeypatch.setenv("LONGCAT_MOCK_COMMAND", "no-such-command")
    project.makepyfile(
        """
        from helpers import *

        def test_elsewhere(longcat, longcat_server):
            assert isinstance(ask(longcat), str)
            assert longcat_server.pid is None
            print("name", longcat.name)
        """
    )
    names = []
    for _ in range(2):
        result = project.runpytest_subprocess("-s")
        result.assert_outcomes(passed=1)
        names += [line for line in result.outlines if "name test_elsewhere-" in line]

    assert len(set(names)) == 2  # two runs at once would not meet
    assert longcat_server.settings


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("localhost:4010", '*LONGCAT_MOCK_URL is "localhost:4010": give the root of a mock*'),
        ("http://127.0.0.1:9", '*The mock at "http://127.0.0.1:9" does not answer: *'),
    ],
)
def test_a_wrong_url_is_told(project, monkeypatch, url, said):
    monkeypatch.setenv("LONGCAT_MOCK_URL", url)
    project.makepyfile(wants_it)
    result = project.runpytest_inprocess()

    result.assert_outcomes(passed=1, errors=2)
    result.stdout.fnmatch_lines([said])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["alone", "xdist"])
def test_the_mock_ends_with_pytest_however_that_ends(project, sent, workers):
    inbox = socket.create_server(("127.0.0.1", 0))
    inbox.settimeout(60)
    project.makepyfile(
        f"""
        import socket

        def test_hangs(longcat, longcat_server):
            with socket.create_connection({inbox.getsockname()}) as connection:
                connection.sendall(longcat_server.url.encode())
                connection.recv(1)
        """
    )
    words = [sys.executable, "-m", "pytest", *workers]
    output = project.path / "output.txt"
    with output.open("w") as file:
        started = subprocess.Popen(
            words, cwd=project.path, stdout=file, stderr=file, start_new_session=True
        )
    with inbox, inbox.accept()[0] as hanging:
        url = urlsplit(hanging.recv(100).decode())
        with socket.create_connection((url.hostname, url.port), timeout=30) as connection:
            if sent == signal.SIGINT:
                os.killpg(started.pid, sent)  # as a terminal does
            else:
                started.send_signal(sent)
            with contextlib.suppress(ConnectionError):
                assert connection.recv(1) == b""  # the mock has closed it
    started.wait(30)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((url.hostname, url.port), timeout=30)
    assert "LongcatMockError" not in output.read_text()
    assert "does not answer" not in output.read_text()  # the mock was there until the end
