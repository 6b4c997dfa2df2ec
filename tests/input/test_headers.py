"""Odd headers: an answer all the same, and never a fault of ours."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.input.fuzzing import examples
from tests.input.stage import Stage
from tests.input.values import texts

# As they reach the site, which knows no header that holds NUL or the end of a line.
latin = texts.map(lambda text: text.encode("utf-8", "replace").decode("iso-8859-1")).map(
    lambda text: "".join(letter for letter in text if letter not in "\0\r\n")[:8000]
)
HEADERS = {
    "HTTP_ACCEPT": ("text", "*/*;q=nan", ";;;", "text/html;q=1e999", "application/json;q=x", ","),
    "HTTP_ACCEPT_LANGUAGE": ("de-" * 300, "*", "en;q=2", "zh-hant-\u00e9", ","),
    "HTTP_COOKIE": (
        *("=;;;=", "sessionid=%00", "csrftoken=\u00ff", "messages=x", "sessionid=" + "a" * 7000),
        *("django_language=" + "a" * 600, 'messages="\\054"', "sessionid"),
    ),
    "HTTP_REFERER": ("https://[", "//", "javascript:x"),
    "HTTP_ORIGIN": ("null", "https://[", "https://x:y"),
    "HTTP_IF_MODIFIED_SINCE": ("Thu, 99 Foo 0000 99:99:99 GMT", "0", "-1"),
    "HTTP_IF_NONE_MATCH": ('"', "W/", "*"),
    "HTTP_RANGE": ("bytes=9-1", "bytes=--", "bytes=" + "9" * 30 + "-", "x=0-1", "bytes=0-0,1-1"),
    "HTTP_X_FORWARDED_PROTO": ("https", "ftp", ","),
    "HTTP_HX_REQUEST": ("true", "yes"),
    "HTTP_HX_TARGET": ("run-page", "<b>"),
    "HTTP_HX_CURRENT_URL": ("https://[", "//testserver", "%ff"),
    "HTTP_HX_PROMPT_URI_AUTOENCODED": ("true",),
    "HTTP_TRANSFER_ENCODING": ("chunked", "x"),
    "CONTENT_TYPE": ("x", "multipart/form-data", "text/html; charset=nonsense", ";", "a/b; c"),
    "CONTENT_LENGTH": ("x", "-5", "9" * 30, "", "1.5"),
    "REMOTE_ADDR": ("", "::1", "x"),
    "HTTP_X_FORWARDED_FOR": ("x", ",", "1.2.3.4, ::1", "," * 3000),
}
HOSTS = ("[::1", "a b", "\u00e9", "testserver:9x", "testserver:x", "@", "a" * 8000, "", "..", "%")
PLACES = ("/conferences/", "/login/", "/admin/login/", "/static/site.css", "/nowhere/")
odd_headers = st.dictionaries(st.sampled_from(sorted(HEADERS)), st.just(""), max_size=3).flatmap(
    lambda chosen: st.fixed_dictionaries(
        {name: st.one_of(st.sampled_from(HEADERS[name]), latin) for name in chosen}
    )
)


def beside_the_session(visitor: Client, headers: dict[str, str]) -> dict[str, str]:
    """Odd cookies, and the one that tells who it is."""
    return {"HTTP_COOKIE": f"sessionid={visitor.session.session_key}; {headers.get('HTTP_COOKIE')}"}


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "BREW"])
def test_odd_headers(method: str, stage: Stage, visitor: Client) -> None:
    places = (*PLACES, stage.conference.get_absolute_url())

    @examples(30)
    @given(place=st.sampled_from(places), headers=odd_headers, logged_in=st.booleans())
    def look(place: str, headers: dict[str, str], logged_in: bool) -> None:
        cookies = beside_the_session(visitor, headers) if logged_in else {}
        answer = Client().request(REQUEST_METHOD=method, PATH_INFO=place, **headers | cookies)
        assert answer.status_code < 500, (place, headers)

    look()


def test_each_header_that_is_known_to_be_odd(stage: Stage, visitor: Client) -> None:
    for header, value in ((name, value) for name in HEADERS for value in HEADERS[name]):
        for place in (*PLACES, stage.conference.get_absolute_url()):
            environ = {header: value}
            environ |= beside_the_session(visitor, environ)
            answer = Client().request(PATH_INFO=place, **environ)
            assert answer.status_code < 500, (place, header, value[:80])


def test_an_unknown_host_is_refused(visitor: Client) -> None:
    for host in HOSTS:
        answer = visitor.request(PATH_INFO="/conferences/", HTTP_HOST=host)
        assert answer.status_code == 400, host[:80]
        assert "This request could not be understood" in answer.content.decode()
