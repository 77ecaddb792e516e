import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest


@pytest.fixture
def recorder():
    """A stand-in for a mock with cassettes; has what was declared."""
    declared = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.command == "PUT":
                declared.append(json.loads(body))
            text = json.dumps({"cassettes": "tapes", "requests": []}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_PUT = do_DELETE = answer

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.declared = declared
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_the_cassette_of_a_test_has_its_name_unless_the_marker_gives_one(
    project, recorder, monkeypatch
):
    monkeypatch.setenv("LONGCAT_MOCK_URL", f"http://127.0.0.1:{recorder.server_port}")
    project.makepyfile(
        test_a="""
        import pytest

        def test_own(longcat): ...

        @pytest.mark.longcat(cassette="shared")
        def test_named(longcat): ...
        """
    )
    project.runpytest_inprocess().assert_outcomes(passed=2)

    assert recorder.declared == [{"cassette": "test_a.py/test_own"}, {"cassette": "shared"}]
