"""The words in which drives and their files are written down."""

import re
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

from sandbox.world.model import World
from sandbox.world.people import identifier
from sandbox.world.person import Person
from sandbox.world.storage import Access, Drive, Item

PERSONAL = "https://example-my.sharepoint.com"
TEAM_SITES = "https://example.sharepoint.com"
CHAT_FILES = "Microsoft Teams Chat Files"
_TYPES = {
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
}


def add_onedrive(
    world: World, short: str, recordings: str | None = None, access: Access = "ok"
) -> Drive:
    """The OneDrive of one person; ``recordings``: what the special folder is called there."""
    owner = world.who[short]
    slug = re.sub(r"[^a-z0-9]", "_", str(owner.upn).lower())
    drive = _add_drive(world, "OneDrive", f"{PERSONAL}/personal/{slug}/Documents", owner)
    drive.access = access
    if recordings is not None:
        folder_at(drive, recordings, drive.root.created_at).special = "recordings"
    return drive


def add_library(world: World, site: str) -> Drive:
    """The document library of a team's site."""
    return _add_drive(world, "Documents", f"{TEAM_SITES}/sites/{site}/Shared%20Documents", None)


def _add_drive(world: World, name: str, url: str, owner: Person | None) -> Drive:
    drive = Drive(f"b!{_token(identifier('drive', url))}", name, url, owner)
    opened_at = world.anchor.replace(year=world.anchor.year - 3, month=9, day=1)
    root_id = f"01{_token(identifier('root', url)).upper()[:30]}"
    drive.items[root_id] = Item(root_id, "", "root", None, opened_at, opened_at, owner)
    world.drives[drive.id] = drive
    return drive


def folder_at(drive: Drive, path: str, at: datetime) -> Item:
    """The folder at ``path``, made with everything above it if it is not there."""
    found = drive.by_path(path)
    if found is None:
        above, _, name = path.strip("/").rpartition("/")
        found = _put(drive, folder_at(drive, above, at), name, at, drive.owner)
    return found


def put_file(
    drive: Drive,
    path: str,
    content: bytes,
    at: datetime,
    by: Person | None,
    seconds: float | None = None,
) -> Item:
    """A file at ``path``; ``seconds`` if it is a video."""
    above, _, name = path.strip("/").rpartition("/")
    item = _put(drive, folder_at(drive, above, at), name, at, by)
    item.content, item.seconds = content, seconds
    suffix = name[name.rfind(".") :]
    item.mime_type = _TYPES.get(suffix, "application/octet-stream")
    return item


def sharing_link(drive: Drive, item: Item) -> str:
    """A link that names no path, as "Copy link" gives it."""
    kind = "v" if item.seconds is not None else "b"
    host, _, rest = drive.url.removeprefix("https://").partition("/")
    site = rest.rpartition("/")[0]
    return f"https://{host}/:{kind}:/g/{site}/E{_token(item.unique_id)[:40]}"


def text_of(name: str, size: int) -> bytes:
    """``size`` bytes that begin with the file's name."""
    line = f"{quote(name)}\n".encode()
    return (line * (size // len(line) + 1))[:size]


def _put(drive: Drive, parent: Item, name: str, at: datetime, by: Person | None) -> Item:
    where = f"{drive.id}/{parent.id}/{name}"
    item_id = f"01{sha256(where.encode()).hexdigest()[:32].upper()}"
    item = Item(item_id, identifier("file", where), name, parent.id, at, at, by)
    drive.items[item_id] = item
    return item


def _token(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")
