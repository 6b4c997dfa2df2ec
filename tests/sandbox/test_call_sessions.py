"""Who was in a call: sessions, segments and participants_v2 of fact 4."""

from urllib.parse import unquote

from tests.sandbox.asking import Asker
from tests.sandbox.test_call_records import ALL_HANDS, CALLS, HOURS_OF_74, LECTURE, call_of


def test_fact_4_sessions_are_paged_inside_the_expansion(asker: Asker) -> None:
    record = call_of(asker, 88, ALL_HANDS)
    found = asker.get(f"{CALLS}/{record['id']}", expand="sessions($expand=segments)").json()
    pages = [found["sessions"]]
    link = found["sessions@odata.nextLink"]
    while link:
        page = asker.get(link).json()
        pages.append(page["value"])
        link = page.get("@odata.nextLink")
    assert [len(page) for page in pages] == [60, 60, 30]
    assert all(len(stay["segments"]) == 1 for page in pages for stay in page)
    plain = asker.all_pages(f"{CALLS}/{record['id']}/sessions")
    assert [stay["id"] for page in plain for stay in page] == [
        stay["id"] for page in pages for stay in page
    ]
    assert all("segments" not in stay for page in plain for stay in page)


def test_fact_4_participants_are_paged_by_130(asker: Asker) -> None:
    record = call_of(asker, 83, LECTURE)
    pages = asker.all_pages(f"{CALLS}/{record['id']}/participants_v2")
    assert [len(page) for page in pages] == [130] * 7 + [90]
    found = asker.get(f"{CALLS}/{record['id']}", expand="participants_v2").json()
    assert found["participants_v2"] == pages[0]
    assert asker.get(found["participants_v2@odata.nextLink"]).json()["value"] == pages[1]


def test_fact_4_callers_services_and_the_older_identity(asker: Asker) -> None:
    link = unquote(asker.link(74)).casefold()
    kinds = []
    for record in asker.calls(*HOURS_OF_74):
        if record["joinWebUrl"] and unquote(record["joinWebUrl"]).casefold() == link:
            for stay in asker.get(f"{CALLS}/{record['id']}/sessions").json()["value"]:
                caller = stay["caller"]
                kinds.append(
                    next((k for k in ("associatedIdentity", "identity") if k in caller), "")
                )
                assert stay["callee"]["@odata.type"].endswith("serviceEndpoint")
                assert caller["@odata.type"].endswith(
                    "participantEndpoint" if kinds[-1] else "serviceEndpoint"
                )
    assert sorted(kinds) == ["", "associatedIdentity"] + ["associatedIdentity"] * 4 + ["identity"]


def test_fact_4_guests_and_telephones_have_no_upn(asker: Asker) -> None:
    record = call_of(asker, 46, ("2026-11-20T06:30:00Z", "2026-11-20T08:00:00Z"))
    people = asker.get(f"{CALLS}/{record['id']}/participants_v2").json()["value"]
    kinds = [next(iter(person["identity"])) for person in people]
    assert (len(kinds), kinds.count("guest"), kinds.count("phone")) == (12, 1, 1)
    stays = asker.get(f"{CALLS}/{record['id']}/sessions").json()["value"]
    upns = {
        stay["caller"]["associatedIdentity"]["displayName"]: stay["caller"][
            "associatedIdentity"
        ].get("userPrincipalName")
        for stay in stays
    }
    assert upns["Jonas Weber"] == "jweber@example.edu"
    assert upns["Robin (Guest)"] is upns["+49 30 55501 42"] is upns["Sofia Rossi"] is None


def test_fact_4_peer_to_peer_has_no_join_url_and_two_people(asker: Asker) -> None:
    record = next(one for one in asker.calls(*HOURS_OF_74) if one["type"] == "peerToPeer")
    assert record["joinWebUrl"] is None
    (stay,) = asker.get(f"{CALLS}/{record['id']}/sessions").json()["value"]
    names = {stay[side]["associatedIdentity"]["displayName"] for side in ("caller", "callee")}
    assert names == {"Elif Demir", "Viktor Sund"}


def test_fact_4_segments_of_one_session(asker: Asker) -> None:
    record = call_of(asker, 88, ALL_HANDS)
    stay = asker.get(f"{CALLS}/{record['id']}/sessions").json()["value"][0]
    (segment,) = asker.get(f"{CALLS}/{record['id']}/sessions/{stay['id']}/segments").json()["value"]
    assert segment["startDateTime"] == stay["startDateTime"]
    assert asker.get(f"{CALLS}/{record['id']}/sessions/none/segments").status_code == 404


def test_fact_4_a_later_version_may_add_sessions(asker: Asker) -> None:
    record = call_of(asker, 86, ("2026-11-18T08:00:00Z", "2026-11-18T09:00:00Z"))
    asker.control("POST", "world", {
        "op": "add_call_session",
        "id": record["id"],
        "email": "elif.demir@example.edu",
        "starts_at": "2026-11-18T08:10:00Z",
        "ends_at": "2026-11-18T08:20:00Z",
    })  # fmt: skip
    later = asker.get(f"{CALLS}/{record['id']}", expand="sessions").json()
    assert (record["version"], later["version"]) == (1, 2)
    assert len(later["sessions"]) == 6
