"""Files: recordings in drives, and what people shared."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from conferences.models import ChatMessage, Conference, DriveFile
from conferences.rules.links import link_key
from conferences.store.drive_files import began, mark_gone, save_files
from conferences.store.plan import Places, read_for_these
from platforms.contract import Feed, Known, Page
from platforms.records import FileRef, FilesPage, RemoteFile
from syncing.operation import Intake, Target


class DriveIntake(Intake):
    """The folder of recordings, and the recordings that the chat names wherever they lie."""

    def __init__(self, conference: Conference, places: Places) -> None:
        self._conference, self._places = conference, places

    def known(self, targets: tuple[Target, ...]) -> Known:
        messages = _messages_of(self._conference, targets).filter(event="recording")
        named = [(m.url, m.sender_id, m.sender_name) for m in messages if m.url]
        refs = _references(self._conference, named)
        met = {(ref.drive_id, ref.item_id) for ref in refs}
        in_folder = self._conference.drive_files.filter(
            is_in_folder=True,
            found_for__iexact=_organizer(targets),
            vanished_at=None,
        )
        others = [
            FileRef(drive_id=file.drive_id, item_id=file.item_id)
            for file in in_folder
            if (file.drive_id, file.item_id) not in met
        ]
        return Known(files=(*refs, *others))

    def save(self, targets: tuple[Target, ...], feed: Feed, page: Page) -> set[int | None]:
        assert isinstance(page, FilesPage), "this feed brings nothing else"
        files = [file for file in page.files if not file.is_in_folder or _is_wanted(file, targets)]
        places = {
            (file.drive_id, file.item_id): self._places.of(targets, began(file), file.created_at)
            for file in files
        }
        slots = {key: place.slot for key, place in places.items() if place}
        save_files(self._conference, files, slots, _organizer(targets))
        mark_gone(self._conference, page.gone)
        return set(slots.values())


class SharedFilesIntake(Intake):
    """The files that people shared in the chat."""

    def __init__(self, conference: Conference) -> None:
        self._conference = conference

    def known(self, targets: tuple[Target, ...]) -> Known:
        messages = _messages_of(self._conference, targets).filter(event="").exclude(attachments=[])
        named = [
            (one["url"], message.sender_id, message.sender_name)
            for message in messages
            for one in message.attachments
        ]
        return Known(files=tuple(_references(self._conference, named)))

    def save(self, targets: tuple[Target, ...], feed: Feed, page: Page) -> set[int | None]:
        assert isinstance(page, FilesPage), "this feed brings nothing else"
        save_files(self._conference, page.files, {}, _organizer(targets))
        mark_gone(self._conference, page.gone)
        return set()


def _messages_of(conference: Conference, targets: Collection[Target]) -> QuerySet[ChatMessage]:
    """What today's plan has of the chats of these meetings, oldest first."""
    messages = read_for_these(conference.messages.all(), targets)
    return messages.filter(is_planned=True, deleted_at=None)


def _organizer(targets: Iterable[Target]) -> str:
    """Whose folder of recordings is read for them."""
    return next((one.ref.organizer_email for one in targets if one.ref.organizer_email), "")


def _references(
    conference: Conference, named: Iterable[tuple[str, str | None, str]]
) -> list[FileRef]:
    """One for each link: (url, id and name of who shared it), with what it led to before."""
    by_key: dict[str, list[tuple[str, str | None, str]]] = {}
    for one in named:
        by_key.setdefault(link_key(one[0]), []).append(one)
    links = conference.file_links.filter(key__in=list(by_key)).select_related("file")
    files: dict[str, DriveFile | None] = {link.key: link.file for link in links}
    refs = []
    for key, shares in by_key.items():
        file = files.get(key)
        refs.append(
            FileRef(
                url=shares[0][0],
                drive_id=file.drive_id if file else None,
                item_id=file.item_id if file else None,
                owners=tuple(dict.fromkeys(owner for _, owner, _ in shares if owner)),
                owner=shares[0][2],
            )
        )
    return refs


def _is_wanted(file: RemoteFile, targets: Iterable[Target]) -> bool:
    """Of the folder's other videos only those made during a planned time may be this meeting's."""
    if file.asked_by:
        return True
    spans = [target.span for target in targets]
    return any(began(file) < end and file.created_at > start for start, end in spans)
