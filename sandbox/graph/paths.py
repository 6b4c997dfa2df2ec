"""Which drive and which item a path or a link stands for, and whether it may be read."""

from starlette.requests import Request

from sandbox.graph.errors import GraphError, access_denied, item_not_found
from sandbox.state import Sandbox
from sandbox.world.storage import Drive, Item


def drive_in_path(request: Request, sandbox: Sandbox) -> Drive:
    """``/drives/{drive}``, or ``/users/{id | userPrincipalName}/drive``; 404 if not provisioned."""
    given = request.path_params
    if "drive" in given:
        drive = sandbox.world.drives.get(given["drive"])
        if drive is None or drive.access == "missing":
            raise item_not_found()
        return drive
    wanted = given["user"].lower()
    for person in sandbox.world.directory.values():
        if wanted in {person.id, str(person.upn).lower()}:
            drive = sandbox.world.drive_of(person)
            if drive is None or drive.access == "missing":
                raise GraphError(404, "ResourceNotFound", "User's mysite not found.")
            return drive
    raise GraphError(404, "Request_ResourceNotFound", f"Resource '{wanted}' does not exist.")


def allowed_drive(drive: Drive) -> Drive:
    """403 where the site refuses the app, whatever its roles."""
    if drive.access == "denied":
        raise access_denied()
    return drive


def unlocked(item: Item) -> Item:
    if item.locked:
        raise GraphError(423, "resourceLocked", "The resource is locked.")
    return item
