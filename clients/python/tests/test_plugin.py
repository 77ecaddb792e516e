import re


def test_a_request_that_no_fixture_matches_fails_the_test_in_the_words_of_the_mock(project):
    project.makepyfile(
        """
        from helpers import *

        hi = {"id": "hi", "match": {"messages": {"last": {"text": "hi"}}}, "respond": {"text": "x"}}

        def test_swallows_the_miss(longcat):
            assert ask(longcat.use(hi)) == 404

        def test_fails_by_itself(longcat):
            assert ask(longcat.use(hi)) == "hello"

        @pytest.mark.longcat(unmatched="allow")
        def test_is_allowed(longcat):
            assert ask(longcat.use(hi)) == 404

        def test_matches(longcat):
            assert ask(longcat.use(hi), "hi") == "x"

        def test_misses_often(longcat):
            for text in "abcdefg":
                ask(longcat.use(hi), text)
        """
    )
    result = project.runpytest_subprocess()

    result.assert_outcomes(passed=4, failed=1, errors=2)
    miss = (
        'No fixture matched. Closest: "hi" (0 of 1 conditions) differs at messages[[]-1].content: '
        'expected "hi", got "Hello!".'
    )
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_swallows_the_miss*",
            miss,
            "  for POST /openai/v1/chat/completions",
            'Mend the fixture, or allow it with @pytest.mark.longcat(unmatched="allow").',
            "*ERROR at teardown of test_misses_often*",
            "And 2 more.",
            "*Captured longcat-mock teardown*",
            miss,
        ]
    )


def test_the_nearest_marker_counts_and_a_wrong_one_is_told(project):
    project.makefile(
        ".longcat.yaml", greeting="version: 1\nfixtures: [{ id: a, respond: { text: Hi. } }]\n"
    )
    project.makepyfile(
        """
        from helpers import *

        pytestmark = pytest.mark.longcat(fixtures="greeting.longcat.yaml", unmatched="allow")

        def test_of_the_module(longcat):
            assert ask(longcat) == "Hi."

        @pytest.mark.longcat(fixtures=[{"respond": {"text": "Near."}}])
        def test_of_the_function(longcat):
            assert ask(longcat) == "Near."

        @pytest.mark.longcat(scenari="rate-limit")
        def test_typing_error(longcat): ...

        @pytest.mark.longcat("rate-limit")
        def test_without_a_name(longcat): ...

        @pytest.mark.longcat(unmatched="ignore")
        def test_unknown_value(longcat): ...

        @pytest.mark.longcat(scenario="rate-limt")
        def test_unknown_scenario(longcat): ...

        @pytest.mark.longcat(fixtures="missing.yaml")
        def test_missing_file(longcat): ...

        @pytest.mark.longcat(cassette="mine")
        def test_without_cassettes(longcat): ...
        """
    )
    result = project.runpytest_subprocess("--strict-markers")

    result.assert_outcomes(passed=2, errors=6)
    result.stdout.fnmatch_lines(
        [
            '@pytest.mark.longcat knows no "scenari": known are scenario, seed, *',
            "@pytest.mark.longcat takes names only, and got 'rate-limit': *",
            'unmatched of @pytest.mark.longcat is "ignore": give "fail" or "allow".',
            'There is no scenario or fixture "rate-limt". Did you mean "rate-limit"*',
            'There is no fixture file "missing.yaml": looked for *',
            'The test wants the cassette "mine", and the mock has none: *--cassettes FOLDER*',
        ],
        consecutive=False,
    )


def test_fixture_files_of_the_project_are_found_and_flags_are_handed_on(project):
    folder = project.mkdir("longcat-mock")
    (folder / "own.longcat.yaml").write_text(
        "version: 1\nscenario: own\nfixtures: [{ id: own, respond: { text: Own. } }]\n"
    )
    project.makeini("[pytest]\npythonpath = .\nlongcat_mock_args = --scenario own --seed 'a b'\n")
    project.makepyfile(
        """
        from helpers import *

        def test_own(longcat, longcat_server):
            assert ask(longcat) == "Own."
            assert longcat_server.settings["seed"] == "a b"
            assert longcat_server.pid > 0
        """
    )

    project.runpytest_subprocess().assert_outcomes(passed=1)


workers_share = """
    from helpers import *

    @pytest.mark.parametrize("number", range(200))
    def test_has_its_own(longcat, longcat_server, number, record_property):
        asked = [f"{number}.{turn}" for turn in range(3)]
        for text in asked:
            ask(longcat, text)
        told = [each["body"]["messages"][0]["content"] for each in longcat.requests()]
        assert told == asked
        record_property("url", longcat_server.url)
"""


def test_200_tests_in_four_workers_share_one_mock_and_see_their_own_requests_only(project):
    project.makepyfile(workers_share)
    report = project.path / "report.xml"
    result = project.runpytest_subprocess("-n", "4", "-q", f"--junitxml={report}")

    result.assert_outcomes(passed=200)
    urls = re.findall(r'<property name="url" value="([^"]+)"', report.read_text())
    assert len(urls) == 200
    assert len(set(urls)) == 1


def test_workers_that_all_run_every_test_have_sessions_of_their_own(project):
    project.makepyfile(workers_share.replace("200", "10"))

    result = project.runpytest_subprocess("--dist=each", "--tx=2*popen", "-q")
    result.assert_outcomes(passed=20)


def test_the_workers_tell_why_there_is_no_mock_and_other_tests_run(project, monkeypatch):
    monkeypatch.setenv("LONGCAT_MOCK_COMMAND", "no-such-command")
    project.makepyfile("def test_wants_it(longcat): ...\n\ndef test_does_not(): ...")
    result = project.runpytest_subprocess("-n", "2", "-q")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(['Cannot run "no-such-command", as it was given: *'])
    result.stdout.no_fnmatch_line("*During handling of*")
