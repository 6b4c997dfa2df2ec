"""Files in drives, found by their ids or by the link that a chat gave."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from platforms.context import CallContext
from platforms.errors import (
    BadResponseError,
    NotFoundError,
    PermissionRefusedError,
    TransientError,
)
from platforms.reasons import ReasonCode
from platforms.records import FileRef, RemoteFile, RemoteMeeting
from teams_integration import links
from teams_integration.client import GraphClient
from teams_integration.parse import media
from teams_integration.parse.values import text
from teams_integration.services.channels import fetch_files_folder, is_in_channel

PERMISSION = "Files.Read.All"
Refusal = PermissionRefusedError | TransientError
Held = TypeVar("Held")


@dataclass(frozen=True, slots=True)
class Drive:
    """``url``: of its root folder. ``folder``: path of the channel's folder, if it is one's."""

    drive_id: str
    url: str
    folder: str = ""


def is_refusal(error: Refusal) -> bool:
    """Whether the error is about one file or drive and says nothing of the others."""
    return isinstance(error, PermissionRefusedError) or error.reason is ReasonCode.LOCKED


class Drives:
    """The drives of one reading; each is asked for once, and each file of them."""

    def __init__(
        self,
        graph: GraphClient,
        meeting: RemoteMeeting,
        context: CallContext,
        also_of: tuple[str, ...] = (),
    ) -> None:
        """``also_of``: directory ids of those whose drives are looked through for every file.

        Not the organizer's for what people share: anybody could learn what lies there by
        posting a link that they only guessed.
        """
        self._graph, self._meeting, self._context = graph, meeting, context
        self._also_of = also_of
        self._drives: _Memory[Drive] = _Memory()
        self._files: _Memory[RemoteFile | None] = _Memory()

    def of_user(self, directory_id: str) -> Drive | None:
        """None for somebody without OneDrive, and for whom the directory does not know."""
        try:
            return self._drives.once(
                directory_id, lambda: self._fetch("users", directory_id, "drive")
            )
        except NotFoundError:
            return None

    def of_channel(self) -> Drive | None:
        """None where the channel has no files; NotFoundError if its team is not known."""
        try:
            return self._drives.once("channel", self._fetch_channels)
        except NotFoundError as error:
            if error.reason is ReasonCode.TEAM_UNKNOWN:
                raise
            return None

    def find(self, ref: FileRef) -> RemoteFile | None:
        """None where nobody can tell in which drive it is, and for a folder.

        NotFoundError: it is gone. Errors of which ``is_refusal`` is true name the drive's owner.
        """
        if ref.drive_id and ref.item_id:
            url = self._graph.url("drives", ref.drive_id, "items", ref.item_id)
            return self._file(url, ref, ref.owner)
        if not ref.url or not links.is_in_a_drive(ref.url) or links.names_no_path(ref.url):
            return None  # elsewhere; or only a scope that may write would resolve it
        refused: Refusal | None = None
        for directory_id in self._candidates(ref):
            owner = ref.owner if directory_id in ref.owners else ""
            try:
                drive = self.of_user(directory_id) if directory_id else self.of_channel()
            except PermissionRefusedError as error:
                refused = refused or of_owner(owner, error)
                continue
            except NotFoundError:  # the team is not known, which says nothing of the file
                continue
            path = drive and links.path_below(drive.url, ref.url)
            if drive and path:
                return self._at(drive, path, ref, owner)
        if refused is not None:
            raise refused
        return None

    def _candidates(self, ref: FileRef) -> tuple[str, ...]:
        """Whose drive it may be, likeliest first; "" is the channel's."""
        channels = ("",) if is_in_channel(self._meeting) and self._meeting.team_id else ()
        return tuple(dict.fromkeys((*channels, *ref.owners, *self._also_of)))

    def _at(self, drive: Drive, path: str, ref: FileRef, owner: str) -> RemoteFile | None:
        url = self._graph.url("drives", drive.drive_id, "root", below=path)
        try:
            return self._file(url, ref, owner)
        except BadResponseError as error:
            if error.status is not None and 400 <= error.status < 500:
                return None  # no name of a file: anybody can put any link into a message
            raise

    def _file(self, url: str, ref: FileRef, owner: str) -> RemoteFile | None:
        try:
            # https://learn.microsoft.com/graph/api/driveitem-get
            file = self._files.once(
                url,
                lambda: media.file(self._graph.get(url, self._context, permission=PERMISSION)),
            )
        except (PermissionRefusedError, TransientError) as error:
            raise of_owner(owner, error) from error
        return replace(file, asked_by=ref.url) if file else None

    def _fetch(self, *path: str) -> Drive:
        # https://learn.microsoft.com/graph/api/drive-get
        url = self._graph.url(*path, query={"$select": "id,webUrl"})
        source = self._graph.get(url, self._context, permission=PERMISSION)
        return Drive(text(source, "id"), text(source, "webUrl"))

    def _fetch_channels(self) -> Drive:
        drive_id, folder_url = fetch_files_folder(self._graph, self._meeting, self._context)
        drive = self._fetch("drives", drive_id)
        return replace(drive, folder=links.path_below(drive.url, folder_url) or "")


class _Memory(Generic[Held]):
    """Remembers what was fetched, that it is not there, and that it was refused."""

    def __init__(self) -> None:
        self._known: dict[str, Held | NotFoundError | PermissionRefusedError] = {}

    def once(self, key: str, fetch: Callable[[], Held]) -> Held:
        if key not in self._known:
            try:
                self._known[key] = fetch()
            except (NotFoundError, PermissionRefusedError) as error:
                self._known[key] = error
        known = self._known[key]
        if isinstance(known, NotFoundError | PermissionRefusedError):
            raise known
        return known


def of_owner(owner: str, error: Refusal) -> Refusal:
    """The same error, telling whose drive it is; "" for the organizer's and the channel's."""
    return error.because(error.reason, owner=owner)
