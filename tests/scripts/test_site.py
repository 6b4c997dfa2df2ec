"""The site that other tests rely on: what it starts runs, what it kills is gone."""

import json

import pytest
import requests

from scripts.servers.process import ServerError
from scripts.servers.site import INSTRUCTOR, PEOPLE, Site

pytestmark = pytest.mark.once


def test_it_serves_pages_and_has_people_and_conferences(site: Site) -> None:
    assert requests.get(f"{site.url}/conferences/", timeout=10).url.startswith(f"{site.url}/login/")
    words = "from accounts.models import User; print(User.objects.count())"
    assert site.manage("shell", "--no-imports", "-c", words).stdout.strip() == str(len(PEOPLE))
    emails = [
        entry["email"]
        for conference in site.sandbox.conferences()["conferences"]
        for entry in conference["roster"]
    ]
    assert INSTRUCTOR.email in emails


def test_its_commands_sync_from_its_sandbox(site: Site) -> None:
    site.sandbox.forget_requests()
    [line] = site.manage("sync_conference", "74", "--json").stdout.splitlines()
    assert json.loads(line)["verdict"] == "success"
    assert site.sandbox.requests_seen("/communications/callRecords")


def test_a_failing_command_says_why(site: Site) -> None:
    with pytest.raises(ServerError, match="sync_conference 4711: 2\nCommandError: No conference"):
        site.manage("sync_conference", "4711")


def test_a_killed_worker_is_gone_and_another_can_be_started(site: Site) -> None:
    site.kill_worker()
    site.start_worker()
    assert site.log("worker").count(" ready.") == 2
    assert site.fallen() == []
