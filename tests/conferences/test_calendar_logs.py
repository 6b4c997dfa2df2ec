"""The address of a feed stands in no log: neither gunicorn's nor ours, whatever was asked."""

import logging
import re

import pytest
import requests

from lms_project.logs import WithoutTokens
from platforms.redact import without_tokens
from scripts.servers.site import INSTRUCTOR, Site
from tests.conferences.calendars import events

TOKEN = "x-0_Y" * 8 + "end"  # 43 letters, as they are made
LOOKED_FOR = re.compile(r"[\w-]{43}")
MAKE = (
    "from accounts.calendar import make_feed; from accounts.models import User; "
    f"print(make_feed(User.objects.get(email='{INSTRUCTOR.email}')), end='')"
)


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /calendar/{0}.ics",
        "GET /calendar/{0}.ics HTTP/1.1",
        "GET /calendar/{0} HTTP/1.1",
        "GET /calendar/{0}.ics?a=b HTTP/1.1",
        "GET //Calendar/{0}.ICS/ HTTP/1.1",
        "GET /%63alendar/{0}%2eics HTTP/1.1",
        "https://lms.example.edu/calendar/{0}.ics",
        "'PATH_INFO': '/calendar/{0}.ics', ",
    ],
)
def test_a_line_does_not_tell_it(line: str) -> None:
    told = without_tokens(line.format(TOKEN))
    assert not LOOKED_FOR.search(told)
    assert "[token]" in told
    assert told.split("/")[0] == line.split("/")[0]


@pytest.mark.parametrize(
    "line",
    [
        "GET /conferences/51/slots/45/calendar.ics HTTP/1.1",
        "POST /calendar/ HTTP/1.1",
        "conference 46, run 7: /users/0123456789abcdef0123456789abcdef0123456789ab/calendar/events",
    ],
)
def test_what_is_no_token_stays(line: str) -> None:
    assert without_tokens(line) == line


def test_the_lines_of_an_exception_do_not_tell_it() -> None:
    fault = ValueError(f"/calendar/{TOKEN}.ics")
    told = (type(fault), fault, None)
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "At %s", (f"{TOKEN}.ics",), told)
    assert WithoutTokens().filter(record)
    text = logging.Formatter().format(record)
    assert text == "At [token].ics\nValueError: /calendar/[token]"


@pytest.mark.once
def test_a_site_serves_a_feed_and_tells_nobody_where(site: Site) -> None:
    first = site.manage("shell", "--no-imports", "-c", MAKE).stdout
    second = site.manage("shell", "--no-imports", "-c", MAKE).stdout
    with requests.Session() as program:
        program.trust_env = False
        answers = [
            program.get(f"{site.url}/calendar/{token}", timeout=30)
            for token in (f"{second}.ics", f"{first}.ics", second, f"{second}.ics?x={second}.ics")
        ]
        program.get(f"{site.url}/login/", headers={"Referer": answers[0].url}, timeout=30)
    assert [one.status_code for one in answers] == [200, 404, 404, 200]
    assert not answers[0].cookies
    assert "Busy chat" in {one.summary for one in events(answers[0].content)}
    site.wait_for_log("web", "GET /login/ HTTP/1.1")
    log = site.log("web")
    assert log.count("GET /calendar/[token]") == 4
    assert log.count("Not Found: /calendar/[token]") == 2
    for token in (first, second):
        assert LOOKED_FOR.fullmatch(token)
        assert token not in log + site.log("worker")
