"""People as chats, recordings and files show them."""

from sandbox.world.people import TENANT_ID, identifier
from sandbox.world.person import Person

Json = dict[str, object]


def user_set(person: Person, named: bool = True) -> Json:
    """An identitySet with a user or, for bots, an application in it. Never an e-mail."""
    if person.kind == "bot":
        bot: Json = {
            "@odata.type": "#microsoft.graph.teamworkApplicationIdentity",
            "id": person.id,
            "displayName": person.name,
            "applicationIdentityType": "bot",
        }
        return {"application": bot, "device": None, "user": None}
    return {"application": None, "device": None, "user": user_identity(person, named)}


def user_identity(person: Person, named: bool = True) -> Json:
    """``userIdentityType`` tells members, members of other tenants and guests apart."""
    identity: Json = {
        "@odata.type": "#microsoft.graph.teamworkUserIdentity",
        "id": person.id or identifier("in-chat", person.name),
        "displayName": person.name if named else None,
        "userIdentityType": _kind(person),
    }
    if person.tenant_id is not None:
        identity["tenantId"] = person.tenant_id
    return identity


def _kind(person: Person) -> str:
    if person.kind == "phone":
        return "phoneUser"
    if person.kind == "guest":
        return "anonymousGuest"
    return "aadUser" if person.tenant_id == TENANT_ID else "federatedUser"
