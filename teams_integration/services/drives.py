"""Files that recordings became, and files that a chat names."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from platforms.context import CallContext
from platforms.contract import FeedPage, Known, Window
from platforms.errors import (
    BadResponseError,
    NotFoundError,
    PermissionRefusedError,
    TransientError,
)
from platforms.records import FileRef, FilesPage, Progress, RemoteFile, RemoteMeeting
from teams_integration import links
from teams_integration.client import GraphClient
from teams_integration.parse import media
from teams_integration.services.channels import is_in_channel
from teams_integration.services.drive_files import PERMISSION, Drives, is_refusal, of_owner
from teams_integration.trouble import Trouble

MOST = 50  # files on a page of ours


class _Wanted:
    """The references that are still to be looked up."""

    def __init__(self, refs: tuple[FileRef, ...]) -> None:
        self.left = dict.fromkeys(refs)
        self._by_ids = {(r.drive_id, r.item_id): r for r in refs if r.drive_id and r.item_id}
        self._by_address = {_address(ref.url): ref for ref in reversed(refs) if ref.url}

    def takes(self, file: RemoteFile) -> RemoteFile | None:
        """``file`` with the link that names it, which then needs no looking up; None if none does.

        It may be known by its ids before the chat has named it.
        """
        by_ids = self._by_ids.get((file.drive_id, file.item_id))
        by_url = self._by_address.get(_address(file.url))
        if by_url and by_url.item_id:
            by_url = None  # it names another file, once at the same place
        for ref in (by_ids, by_url):
            if ref:
                self.left.pop(ref, None)
        links = [ref.url for ref in (by_ids, by_url) if ref and ref.url]
        return replace(file, asked_by=links[0] if links else None) if by_ids or by_url else None


def read_recordings(
    graph: GraphClient,
    meeting: RemoteMeeting,
    window: Window,
    known: Known,
    context: CallContext,
) -> Iterator[FeedPage]:
    """The folder of recordings, what of it is within the window; then ``known.files``."""
    drives = Drives(graph, meeting, context, also_of=(meeting.organizer_id,))
    wanted, trouble = _Wanted(known.files), Trouble()
    try:
        yield from _folder(graph, drives, meeting, window, wanted, trouble, context)
    except NotFoundError as error:  # the team is not known
        trouble.remember(error)
    except (PermissionRefusedError, TransientError) as error:
        if not is_refusal(error):
            raise
        trouble.remember(of_owner("", error))
    yield from _look_up(drives, wanted, trouble)
    trouble.tell()


def read_shared(
    graph: GraphClient, meeting: RemoteMeeting, known: Known, context: CallContext
) -> Iterator[FeedPage]:
    """The files of ``known.files``."""
    trouble = Trouble()
    yield from _look_up(Drives(graph, meeting, context), _Wanted(known.files), trouble)
    trouble.tell()


def _folder(
    graph: GraphClient,
    drives: Drives,
    meeting: RemoteMeeting,
    window: Window,
    wanted: _Wanted,
    trouble: Trouble,
    context: CallContext,
) -> Iterator[FeedPage]:
    listed = in_window = 0
    for sources in _listing(graph, drives, meeting, context):
        found: list[RemoteFile] = []
        for source in sources:
            try:
                file = media.file(source) if media.is_video(source) else None
            except BadResponseError as error:
                trouble.remember(error)
                continue
            if file is None:
                continue
            known = wanted.takes(file)
            began = file.created_at - timedelta(seconds=file.seconds or 0)
            is_near = window.covers(began, file.created_at)
            listed, in_window = listed + 1, in_window + is_near
            if known or is_near:
                found.append(replace(known or file, is_in_folder=True))
        for first in range(0, len(found), MOST):
            yield FilesPage(tuple(found[first : first + MOST]))
    yield Progress(0, {"listed": listed, "in_window": in_window})


def _listing(
    graph: GraphClient, drives: Drives, meeting: RemoteMeeting, context: CallContext
) -> Iterator[list[dict[str, Any]]]:
    """What lies in the folder of recordings; nothing where there is none."""
    if is_in_channel(meeting):
        drive = drives.of_channel()
        if drive is None:
            return
        path = f"{drive.folder}/Recordings".lstrip("/")
        url = graph.url("drives", drive.drive_id, "root", below=path, then="children")
    else:
        path_of_special = ("drive", "special", "recordings", "children")
        url = graph.url("users", meeting.organizer_id, *path_of_special)
    try:
        # https://learn.microsoft.com/graph/api/driveitem-list-children
        # https://learn.microsoft.com/graph/api/drive-get-specialfolder
        yield from graph.pages(url, context, permission=PERMISSION)
    except NotFoundError:
        return
    except PermissionRefusedError:
        if is_in_channel(meeting):
            raise
        drives.of_user(meeting.organizer_id)  # refuses too, else there is merely no such folder


def _look_up(drives: Drives, wanted: _Wanted, trouble: Trouble) -> Iterator[FeedPage]:
    """What the references lead to, which are still to be looked up."""
    found: list[RemoteFile] = []
    gone: list[FileRef] = []
    for ref in wanted.left:
        try:
            file = drives.find(ref)
        except NotFoundError:
            gone.append(ref)
        except (PermissionRefusedError, TransientError) as error:
            if not is_refusal(error):
                raise
            trouble.remember(error)
        except BadResponseError as error:
            trouble.remember(error)
        else:
            found += [file] if file else []
        if len(found) + len(gone) >= MOST:
            yield FilesPage(tuple(found), tuple(gone))
            found, gone = [], []
    if found or gone:
        yield FilesPage(tuple(found), tuple(gone))


def _address(url: str) -> str:
    return links.file_address(url).casefold()
