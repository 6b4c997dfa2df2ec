"""import_conferences: all or nothing, and each wrong value named with its remedy."""

import json
from copy import deepcopy

import pytest
from django.core.management import CommandError

from conferences.actions.importing import ImportProblemError, import_conferences
from conferences.models import Conference, Membership
from tests.conferences.commands import digest, run

pytestmark = pytest.mark.django_db(transaction=True)

DOCUMENT = {
    "conferences": [
        {
            "id": 46,
            "title": "Research Methods",
            "organizer_email": "mara@example.edu",
            "starts_at": "2026-09-01T13:00:00+02:00",
            "ends_at": "2026-09-01T14:00:00+02:00",
            "timezone": "Europe/Berlin",
            "use_time_slots": True,
            "time_slots": [
                {
                    "id": 45,
                    "starts_at": "2026-09-01T13:00:00+02:00",
                    "ends_at": "2026-09-01T13:30:00+02:00",
                }
            ],
            "roster": [{"role": "instructor", "name": "Mara", "email": "mara@example.edu"}],
        }
    ]
}


def changed(**values: object) -> dict:
    document = deepcopy(DOCUMENT)
    document["conferences"][0].update(values)
    return document


def test_importing_twice_changes_nothing():
    assert import_conferences(DOCUMENT) == 1
    before = digest()
    import_conferences(DOCUMENT)
    assert digest() == before
    assert Membership.objects.count() == 1


def test_an_absent_key_keeps_what_is_stored():
    import_conferences(changed(description="About papers"))
    import_conferences(DOCUMENT)
    assert Conference.objects.get(pk=46).description == "About papers"


def test_a_member_is_known_by_e_mail_in_any_letter_case(django_user_model):
    mara = django_user_model.objects.create(username="m", email="mara@example.edu")
    import_conferences(DOCUMENT)
    roster = [{"role": "learner", "name": "Mara L.", "email": "MARA@example.edu"}]
    import_conferences(changed(roster=roster, organizer_email=""))
    [member] = Membership.objects.all()
    assert (member.name, member.role, member.user) == ("Mara L.", "learner", mara)


def test_an_account_that_was_chosen_stays(django_user_model):
    """An administrator may give a member an account that has another e-mail."""
    import_conferences(DOCUMENT)
    other = django_user_model.objects.create(username="o", email="mara.private@example.org")
    Membership.objects.update(user=other)
    import_conferences(DOCUMENT)
    assert Membership.objects.get().user == other
    django_user_model.objects.create(username="m", email="mara@example.edu")
    import_conferences(DOCUMENT)
    assert Membership.objects.get().user == other


def test_an_account_made_later_is_found_by_another_import(django_user_model):
    import_conferences(DOCUMENT)
    assert Membership.objects.get().user is None
    mara = django_user_model.objects.create(username="m", email="mara@example.edu")
    import_conferences(DOCUMENT)
    assert Membership.objects.get().user == mara


def test_new_conferences_get_ids_after_the_imported_ones():
    import_conferences(DOCUMENT)
    row = DOCUMENT["conferences"][0]
    new = {k: v for k, v in row.items() if k not in {"id", "time_slots"}}
    import_conferences({"conferences": [new]})
    assert Conference.objects.exclude(pk=46).get().pk > 46


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([], 'The file must hold {"conferences": [ … ]}.'),
        ({"conferences": 7}, 'The file must hold {"conferences": [ … ]}.'),
        ({"conferences": [7]}, "conference 1: 7 is not an object"),
        (changed(id="x"), "conference x: id='x' is not a whole number above 0"),
        (changed(id=True), "id=True is not a whole number"),
        (changed(title=""), "conference 46: title='': This field cannot be blank."),
        (changed(title=None), "conference 46: title=None"),
        (changed(platform="skype"), "conference 46: platform='skype'"),
        (changed(timezone="Mars/Olympus"), "“Mars/Olympus” is not a time zone"),
        (changed(starts_at="yesterday"), "starts_at='yesterday' is not a time with its offset"),
        (changed(starts_at="2026-09-01T13:00:00"), "is not a time with its offset"),
        (changed(starts_at="2026-13-01T13:00:00Z"), "is not a time with its offset"),
        (changed(ends_at="2026-09-01T12:00:00+02:00"), "The end must be later than the start"),
        (changed(meeting_link="javascript:alert(1)"), "meeting_link='javascript:alert(1)'"),
        (changed(organizer_email="nobody"), "organizer_email='nobody'"),
        (changed(colour="red"), "conference 46: colour is unknown. Choose from: "),
        (changed(roster="all"), "conference 46: roster='all' is not a list of objects"),
        (changed(roster=[{"role": "king", "name": "K", "email": "k@example.edu"}]), "role='king'"),
        (changed(roster=[{"role": "learner", "name": "K"}]), "roster 1: email"),
        (changed(time_slots=[{"id": 45, "starts_at": None, "ends_at": None}]), "time slot 45"),
        (changed(description="a\0b"), "conference 46: description='a\\x00b' holds a character"),
        (changed(title="\ud800"), "conference 46: title='\\ud800' holds a character"),
        (changed(timezone="\ud800"), "timezone='\\ud800' holds a character"),
        (changed(organizer_email="\0@example.edu"), "organizer_email='\\x00@example.edu' holds"),
        (changed(**{"\ud800": 1}), "conference 46: \\ud800 is unknown"),
        (changed(id="\ud800"), "conference \\ud800: id='\\ud800' is not a whole number"),
        (changed(roster=[{"name": "K", "email": "\0"}]), "46, roster 1: email='\\x00' holds"),
        (changed(roster=[{"name": "K", "email": "\udfff"}]), "roster 1: email='\\udfff' holds"),
        (changed(time_slots=[{"meeting_link": "\0"}]), "time slot 1: meeting_link='\\x00' holds"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_stored(document, said):
    with pytest.raises(ImportProblemError) as caught:
        import_conferences(document)
    assert any(said in problem for problem in caught.value.problems), caught.value.problems
    assert Conference.objects.count() == 0


def test_all_problems_of_a_file_come_together():
    with pytest.raises(ImportProblemError) as caught:
        import_conferences(changed(platform="skype", timezone="Mars", colour="red"))
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "is not JSON"), (None, "cannot be read"), ("[]", "Nothing was imported")],
)
def test_a_bad_file_is_a_clear_error(tmp_path, content, said):
    path = tmp_path / "conferences.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CommandError, match=said):
        run("import_conferences", str(path))


def test_a_good_file(tmp_path):
    path = tmp_path / "conferences.json"
    path.write_text(json.dumps(DOCUMENT))
    assert run("import_conferences", str(path)) == (0, "1 conferences imported.\n")


def test_the_least_that_makes_a_conference():
    from datetime import UTC, datetime

    conference = Conference.objects.create(
        title="Seminar",
        platform="teams",
        organizer_email="mara@example.edu",
        starts_at=datetime(2026, 9, 1, 13, tzinfo=UTC),
        ends_at=datetime(2026, 9, 1, 14, tzinfo=UTC),
        timezone="Europe/Berlin",
        meeting_link="https://teams.microsoft.com/l/meetup-join/x",
    )
    assert (conference.meeting_id, conference.online_meeting_id) == (None, None)
    assert conference.auto_recording_status == "pending"
    assert conference.use_time_slots is False
