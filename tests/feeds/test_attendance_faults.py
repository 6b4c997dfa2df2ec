"""What the platform may do wrong: a clear sentence, the right outcome, nothing lost."""

from datetime import timedelta

import pytest

from conferences.models import Conference
from syncing.models import SyncRun
from tests.conferences.commands import report, run, sync_attendance

REPORTS = "attendanceReports"


def outcome(pk: int = 86) -> tuple[int, str, str, str, str]:
    code, result = sync_attendance(pk)
    [step] = result["operations"]
    return code, result["verdict"], step["outcome"], step["reason"]["code"], step["reason"]["who"]


def test_a_revoked_token_is_renewed_once(demo_world):
    sync_attendance(86)
    demo_world.tenant(revoke_tokens=True)
    demo_world.forget_requests()
    assert sync_attendance(86)[0] == 0
    assert len(demo_world.requests_seen("/oauth2/v2.0/token")) == 1


def test_refused_credentials(demo_world):
    demo_world.tenant(refuse_credentials=True, revoke_tokens=True)
    code, result = sync_attendance(86)
    assert code == 1
    assert result["message"] == (
        "Sync failed: Microsoft refused the credentials of this site. "
        "Nothing stored was lost. An administrator acts, or try again."
    )
    [failure] = result["operations"][0]["failures"]
    assert "AADSTS" in failure["detail"]
    assert "sandbox-secret" not in str(result)


def test_credentials_corrected_work_at_once(demo_world):
    demo_world.tenant(refuse_credentials=True, revoke_tokens=True)
    assert sync_attendance(86)[0] == 1
    demo_world.tenant(refuse_credentials=False)
    assert sync_attendance(86)[0] == 0


@pytest.mark.parametrize(
    ("pk", "role", "outcome_", "code"),
    [
        (86, "OnlineMeetingArtifact.Read.All", "failed", 1),
        (74, "CallRecords.Read.All", "failed", 1),
        (74, "OnlineMeetings.ReadWrite.All", "skipped", 3),
        (86, "User.Read.All", "skipped", 3),
    ],
)
def test_a_missing_permission_is_named(demo_world, pk, role, outcome_, code):
    demo_world.tenant(remove_roles=[role], revoke_tokens=True)
    got, result = sync_attendance(pk)
    [step] = result["operations"]
    assert (got, step["outcome"], step["reason"]["code"]) == (code, outcome_, "permission_missing")
    assert role in step["reason"]["message"]
    assert step["reason"]["who"] == "administrator"


def test_call_records_are_not_asked_when_reports_are_refused(demo_world):
    """Fallback on 404 or an empty list, never on 401, 403, 429 or 5xx."""
    for status in (401, 403, 503):
        demo_world.script(path=REPORTS, status=status)
        sync_attendance(74)
        demo_world.end_faults()
    assert demo_world.requests_seen("callRecords") == []


def test_nobody_listens(demo_world, settings):
    settings.GRAPH_BASE_URL = "http://127.0.0.1:1/v1.0"
    assert outcome() == (1, "failed", "failed", "unreachable", "wait")


def test_teams_not_configured(demo_world, settings):
    settings.TEAMS_CLIENT_SECRET = ""
    code, result = sync_attendance(86)
    assert code == 3
    assert result["message"] == (
        "Nothing could be synced yet: Microsoft Teams is not configured: "
        "set TEAMS_CLIENT_SECRET. An administrator acts."
    )


def test_a_platform_that_does_not_exist_here(demo_world):
    Conference.objects.filter(pk=86).update(platform="zoom")
    _, result = sync_attendance(86)
    assert result["operations"][0]["reason"]["code"] == "platform_unavailable"


def test_somebody_elses_meeting_is_not_opened(demo_world):
    """Mara's conference with Tomas's join link: the directory knows whose meeting it is."""
    theirs = Conference.objects.get(pk=74)
    Conference.objects.filter(pk=86).update(
        organizer_email="noor.haddad@example.edu",
        meeting_link=theirs.meeting_link,
        online_meeting_id=None,
        starts_at=theirs.starts_at,
        ends_at=theirs.ends_at,
    )
    _, result = sync_attendance(86)
    [step] = result["operations"]
    assert (step["outcome"], step["reason"]["code"]) == ("skipped", "organizer_differs")
    assert demo_world.requests_seen("callRecords") == []
    assert report(86)["participants"] == []


def test_a_wrong_link_is_told_as_that(demo_world):
    wrong = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_TYPO%40thread.v2/0"
    Conference.objects.filter(pk=86).update(meeting_link=wrong, online_meeting_id=None)
    code, result = sync_attendance(86)
    [step] = result["operations"]
    assert (code, step["outcome"], step["reason"]["code"]) == (3, "skipped", "meeting_not_found")
    assert step["failures"][0]["code"] == "meeting_not_found"


def test_a_meeting_too_long_ago_is_out_of_reach_and_no_failure(demo_world):
    planned = Conference.objects.get(pk=74)
    past = timedelta(days=40)
    Conference.objects.filter(pk=74).update(
        starts_at=planned.starts_at - past, ends_at=planned.ends_at - past
    )
    code, result = sync_attendance(74)
    [step] = result["operations"]
    assert (code, step["outcome"], step["reason"]["code"]) == (0, "no_data", "out_of_reach")


def test_a_meeting_whose_organizer_is_somebody_else_is_refused(demo_world):
    theirs = {
        "id": "m",
        "joinWebUrl": "x",
        "participants": {"organizer": {"identity": {"user": {"id": "tomas"}}}},
    }
    demo_world.script(path="onlineMeetings", json={"value": [theirs]})
    _, result = sync_attendance(85)
    [step] = result["operations"]
    assert (step["outcome"], step["reason"]["code"]) == ("skipped", "organizer_differs")
    assert Conference.objects.get(pk=85).online_meeting_id is None


def test_an_organizer_nobody_knows(demo_world):
    Conference.objects.filter(pk=86).update(organizer_email="nobody@example.edu")
    _, result = sync_attendance(86)
    [step] = result["operations"]
    assert (step["outcome"], step["reason"]["code"]) == ("skipped", "organizer_unknown")
    assert "nobody@example.edu" in step["reason"]["message"]


def test_unknown_conference_exits_2_and_starts_nothing(demo_world):
    from django.core.management import CommandError

    with pytest.raises(CommandError) as caught:
        run("sync_conference", "86", "4711")
    assert caught.value.returncode == 2
    assert "4711" in str(caught.value)
    assert SyncRun.objects.count() == 0


def test_several_conferences_give_a_line_each_and_the_worst_code(demo_world):
    code, out = run("sync_conference", "86", "87", "--json")
    assert code == 3
    assert len(out.splitlines()) == 2
