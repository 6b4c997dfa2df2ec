"""The table of what views read is whole: each view is watched while it answers."""

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.test import Client, RequestFactory

from tests.input.addresses import EVERY_TAB, READS, Address, our_addresses
from tests.input.stage import Stage

FORM = "application/x-www-form-urlencoded"
OF_THE_MIDDLEWARE = {"csrfmiddlewaretoken"}
ODD = {"decision": "accept", "publish": "1", "operation": "chat", "q": "x", "from": "x", "to": "x"}
ODD |= {"confirm": "1"}
BACK = "decision=take_back&publish=0"

# Where the way on is open only to a form that is filled in.
TIMES = "starts_at=2031-05-02T10:00&ends_at=2031-05-02T11:00"
PATTERN = "weekdays=0&starts=10:00&ends=11:00&first=2031-05-05&count=1"
FILLED = {
    "new_series": (f"step=make&day=2031-05-05&{PATTERN}",),
    "edit_slot": (TIMES,),
    "slot": ("decision=attach", "decision=attach&link=https://x.example"),
}


class WatchedQuery(QueryDict):
    """Remembers the names that somebody asked for, in a set that a subclass brings."""

    asked: set[str]

    def __getitem__(self, name: str) -> object:
        self.asked.add(name)
        return super().__getitem__(name)

    def getlist(self, name: str, default: object = None) -> list[object]:
        self.asked.add(name)
        return super().getlist(name, default)

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)


def watched(query: str) -> WatchedQuery:
    kind = type("WatchedQuery", (WatchedQuery,), {"asked": set()})
    made = kind(query)
    made.asked.clear()  # of what its own making asked
    return made


class WatchedRequests(RequestFactory):
    """Requests whose address and form are watched."""

    def request(self, **environ: object) -> WSGIRequest:
        request = super().request(**environ)
        request.POST = watched(request.POST.urlencode())
        request.GET = watched(request.META["QUERY_STRING"])
        request._dont_enforce_csrf_checks = True
        return request


@pytest.fixture
def site() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def asked_by(address: Address, stage: Stage, visitor: Client, site: BaseHandler) -> list[set[str]]:
    """What the view at an address asks of the query, and of the form, on each way through it."""
    asked, filled = set(), set()
    requests = WatchedRequests()
    requests.cookies[settings.SESSION_COOKIE_NAME] = visitor.session.session_key
    place = address.at(stage.keys)
    odd = "&".join(f"{name}={value}" for name, value in ODD.items())
    for tab in EVERY_TAB if address.name == "conference_detail" else ("",):
        for request in (
            requests.get(f"{place}?tab={tab}&{odd}"),
            requests.get(place),
            *(
                requests.post(place, form, content_type=FORM)
                for form in (odd, BACK, "", *FILLED.get(address.name, ()))
            ),
        ):
            response = site.get_response(request)
            if hasattr(response, "render"):
                response.render()
            asked |= request.GET.asked
            filled |= request.POST.asked - OF_THE_MIDDLEWARE
    return [asked, filled]


def test_every_address_has_its_row() -> None:
    assert {one.name for one in our_addresses()} == set(READS)


@pytest.mark.parametrize("address", our_addresses(), ids=lambda one: one.name or "root")
def test_the_table_says_what_a_view_reads(
    address: Address, stage: Stage, visitor: Client, site: BaseHandler
) -> None:
    row = READS[address.name]
    assert asked_by(address, stage, visitor, site) == [row.query, row.form]
