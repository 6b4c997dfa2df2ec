"""Drives and driveItems as JSON (graph-api §8)."""

from starlette.requests import Request

from sandbox.graph.downloads import download_url
from sandbox.graph.identities import Json
from sandbox.graph.times import graph_time
from sandbox.state import Sandbox
from sandbox.world.person import Person
from sandbox.world.storage import Drive, Item


def drive_json(drive: Drive) -> Json:
    return {
        "id": drive.id,
        "name": drive.name,
        "driveType": _type(drive),
        "createdDateTime": graph_time(drive.root.created_at),
        "lastModifiedDateTime": graph_time(drive.root.modified_at),
        "webUrl": drive.url,
        "owner": _identity(drive.owner),
    }


def item_json(request: Request, sandbox: Sandbox, drive: Drive, item: Item) -> Json:
    """A file has ``@microsoft.graph.downloadUrl``, unless it is locked; a folder has not."""
    body: Json = {
        "id": item.id,
        "name": item.name,
        "size": _size(drive, item),
        "createdDateTime": graph_time(item.created_at),
        "lastModifiedDateTime": graph_time(item.modified_at),
        "webUrl": drive.url_of(item),
        "eTag": f'"{{{item.unique_id.upper()}}},{item.version}"',
        "cTag": f'"c:{{{item.unique_id.upper()}}},{item.version}"',
        "createdBy": _identity(item.created_by),
        "lastModifiedBy": _identity(item.created_by),
        "parentReference": _parent(drive, item),
        "fileSystemInfo": {
            "createdDateTime": graph_time(item.created_at),
            "lastModifiedDateTime": graph_time(item.modified_at),
        },
    }
    if item.content is None:
        body["folder"] = {"childCount": len(drive.children(item))}
    else:
        body["file"] = {"mimeType": item.mime_type}
        if not item.locked:
            body["@microsoft.graph.downloadUrl"] = download_url(request, sandbox, drive, item)
    if item.parent_id is None:
        body["root"] = {}
    if item.special is not None:
        body["specialFolder"] = {"name": item.special}
    if item.seconds is not None:
        milliseconds = int(item.seconds * 1000)
        body["video"] = {"duration": milliseconds, "width": 1920, "height": 1080}
    return body


def _parent(drive: Drive, item: Item) -> Json:
    parent: Json = {"driveId": drive.id, "driveType": _type(drive)}
    if item.parent_id is not None:
        above = drive.items[item.parent_id]
        parent |= {
            "id": above.id,
            "name": above.name,
            "path": f"/drives/{drive.id}/root:{drive.path(above)}",
        }
    return parent


def _size(drive: Drive, item: Item) -> int:
    if item.content is not None:
        return len(item.content)
    return sum(_size(drive, child) for child in drive.children(item))


def _type(drive: Drive) -> str:
    return "documentLibrary" if drive.owner is None else "business"


def _identity(person: Person | None) -> Json:
    if person is None:
        return {"user": {"id": None, "displayName": "System Account"}}
    return {"user": {"id": person.id, "displayName": person.name}}
