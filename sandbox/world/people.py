"""The people of the demo tenant, example.edu. All invented."""

from functools import cache
from uuid import NAMESPACE_DNS, uuid5

from sandbox.world.person import Person

TENANT_ID = "3f2a6c1e-0000-4000-8000-00000000d3a0"
FOREIGN_TENANT_ID = "77c0ffee-0000-4000-8000-00000000e0e0"
_NAMESPACE = uuid5(NAMESPACE_DNS, "sandbox.example.edu")

_USERS = {
    # short name: (display name, mail)
    "mara": ("Mara Lindqvist", "mara.lindqvist@example.edu"),
    "tomas": ("Tomas Novak", "tomas.novak@example.edu"),
    "noor": ("Noor Haddad", "noor.haddad@example.edu"),
    "ines": ("Ines Duarte", "ines.duarte@example.edu"),
    "jonas": ("Jonas Weber", "jonas.weber@example.edu"),
    "lena": ("Lena Fischer", "lena.fischer@example.edu"),
    "omar": ("Omar Said", "omar.said@example.edu"),
    "priya": ("Priya Nair", "priya.nair@example.edu"),
    "kim": ("Kim Park", "kim.park@example.edu"),
    "kim_2": ("Kim Park", "kim.park2@example.edu"),
    "elif": ("Elif Demir", "elif.demir@example.edu"),
    "viktor": ("Viktor Sund", "viktor.sund@example.edu"),
    "admin": ("Admin One", "admin.one@example.edu"),
    "hari": ("Hari Krishnan", "hari.krishnan@example.edu"),
    "pia": ("Pia Holm", "pia.holm@example.edu"),
    "bruno": ("Bruno Keller", "bruno.keller@example.edu"),
}


@cache  # a reset asks for the same thousands again
def identifier(*parts: object) -> str:
    """A GUID that is the same on every start, for the object named by ``parts``."""
    return str(uuid5(_NAMESPACE, "/".join(str(part) for part in parts)))


def user(name: str, mail: str, upn: str | None = None) -> Person:
    """A member of the demo tenant."""
    return Person(name, identifier("user", mail), mail, upn or mail, TENANT_ID)


def demo_people() -> dict[str, Person]:
    """Fresh Person objects by short name (fresh, because a world may rename them)."""
    people = {short: user(name, mail) for short, (name, mail) in _USERS.items()}
    # One login name is not the mail address: reports say jonas.weber@, the directory jweber@.
    people["jonas"].upn = "jweber@example.edu"
    people["sofia"] = Person(
        "Sofia Rossi",
        identifier("user", "sofia.rossi@example.org"),
        "sofia.rossi@example.org",
        None,
        FOREIGN_TENANT_ID,
    )
    return people
