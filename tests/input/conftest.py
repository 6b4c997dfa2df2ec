"""Who sends odd input. ``pytest tests/input --hypothesis-profile=longer`` sends twenty times more,
and other words each time.
"""

import pytest
from django.test import Client
from hypothesis import settings

from accounts.models import User
from tests.input.stage import Stage
from tests.pages import making

settings.register_profile("longer", max_examples=2000, deadline=None, database=None)


@pytest.fixture
def mara(transactional_db: None) -> User:
    return making.account("mara.lindqvist@example.edu")


@pytest.fixture
def stage(mara: User) -> Stage:
    """A conference that has one of everything, taught by Mara."""
    return Stage.with_one_of_everything(mara)


@pytest.fixture
def visitor(mara: User) -> Client:
    """Mara. A fault of ours is raised here as it is, not turned into a page."""
    client = Client()
    client.force_login(mara)
    return client


@pytest.fixture
def administrator(transactional_db: None) -> Client:
    client = Client()
    client.force_login(making.account("ana@example.edu", is_staff=True, is_superuser=True))
    return client
