"""OneDrives and document libraries: what they hold, under which names and links (graph-api §8)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import quote, unquote

from sandbox.world.person import Person

Access = Literal["ok", "denied", "missing"]


@dataclass
class Item:
    """A file, or with ``content`` None a folder; the root has no parent.

    ``unique_id`` is the GUID that also stands in a chat's attachment. ``seconds``: of a
    video. ``special``: the folder's alias, whatever its name. ``sharing_link``: a link
    that stays good wherever the file is moved.
    """

    id: str
    unique_id: str
    name: str
    parent_id: str | None
    created_at: datetime
    modified_at: datetime
    created_by: Person | None
    content: bytes | None = None
    mime_type: str = ""
    seconds: float | None = None
    special: str | None = None
    sharing_link: str | None = None
    locked: bool = False
    version: int = 1


@dataclass
class Drive:
    """``owner`` None: a document library. ``access``: "denied" is 403 for the whole of it,
    "missing" is a OneDrive that was never provisioned. ``url``: of its root folder."""

    id: str
    name: str
    url: str
    owner: Person | None
    access: Access = "ok"
    items: dict[str, Item] = field(default_factory=dict)
    former_urls: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Item:
        return next(item for item in self.items.values() if item.parent_id is None)

    def children(self, folder: Item) -> list[Item]:
        """By name, as the vendor sorts them."""
        found = [item for item in self.items.values() if item.parent_id == folder.id]
        return sorted(found, key=lambda item: item.name.lower())

    def path(self, item: Item) -> str:
        """``""`` for the root, ``"/Folder/name"`` below it; not encoded."""
        if item.parent_id is None:
            return ""
        return f"{self.path(self.items[item.parent_id])}/{item.name}"

    def url_of(self, item: Item) -> str:
        return self.url + quote(self.path(item))

    def by_path(self, path: str) -> Item | None:
        """``"Folder/name"``, in any letter case; ``""`` is the root."""
        wanted = path.strip("/").lower()
        found = (i for i in self.items.values() if self.path(i).strip("/").lower() == wanted)
        return next(found, None)

    def by_url(self, url: str) -> Item | None:
        """A sharing link, or the URL of the file (its query does not matter), also a former one."""
        wanted = unquote(url.partition("?")[0])
        for item in self.items.values():
            if wanted in (item.sharing_link, unquote(self.url_of(item))):
                return item
        return self.items.get(self.former_urls.get(wanted, ""))

    def by_special(self, alias: str) -> Item | None:
        return next((item for item in self.items.values() if item.special == alias), None)

    def rename(self, item: Item, name: str, at: datetime) -> None:
        self.former_urls[unquote(self.url_of(item))] = item.id
        item.name, item.modified_at, item.version = name, at, item.version + 1
