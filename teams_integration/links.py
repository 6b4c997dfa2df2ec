"""What a link tells without asking anybody. Pure; a link may be any text at all."""

import re
from urllib.parse import unquote, urlsplit

_SHORT_LINK = re.compile(r"/meet/(\d+)/?")
_LONG_LINK = re.compile(r"/l/meetup-join/(19:[^/]+@thread\.v2)(?:/.*)?")
_DRIVES = re.compile(r"https://[\w-]+\.sharepoint(?:-mil)?\.(?:com|us|cn|de)/", re.IGNORECASE)
# A sharing link, /:v:/g/personal/…, and the form of it that names the path as well.
_SHARED = re.compile(r"/:\w:/")
_WITH_PATH = re.compile(r"/:\w:/r(?=/)")
# No file's name holds one of them, and after a colon the vendor's address goes on otherwise.
_NEVER_IN_NAMES = re.compile(r'["*:<>?\\|]')


def same_join_url(one: str | None, other: str | None) -> bool:
    """Vendors spell one URL in several ways: compare decoded and without letter case."""
    return bool(one and other) and _plain(one or "") == _plain(other or "")


def join_number(join_url: str) -> str | None:
    """The joinMeetingId of a short link, which call records spell in the long way."""
    match = _SHORT_LINK.fullmatch(_path(join_url))
    return match.group(1) if match else None


def thread_in(join_url: str) -> str | None:
    """The id of the meeting's chat, as a long link has it. Nothing proves whose meeting it is."""
    match = _LONG_LINK.fullmatch(unquote(_path(join_url)))
    return match.group(1) if match else None


def file_address(url: str) -> str:
    """A file's URL decoded and without its query, for comparison by ``casefold``."""
    address = unquote(url.partition("?")[0])  # a "#" is part of a name: links come unencoded too
    return _WITH_PATH.sub("", address, count=1).rstrip("/")


def is_in_a_drive(url: str) -> bool:
    """Whether the host is one of SharePoint's, in any of Microsoft's clouds."""
    return _DRIVES.match(url) is not None


def names_no_path(url: str) -> bool:
    """A sharing link: where its file lies, only the vendor knows."""
    return _SHARED.search(file_address(url)) is not None


def path_below(folder_url: str, url: str) -> str | None:
    """ "Folder/name" of a file in the folder or drive; None if it is not below, or has no path.

    Not percent-encoded. A path that leads out again is none: the vendor's own address would be
    made of it.
    """
    folder, address = file_address(folder_url), file_address(url)
    above, path = address[: len(folder) + 1], address[len(folder) + 1 :]
    if not folder or above.casefold() != f"{folder}/".casefold():
        return None
    is_odd = {"", ".", ".."} & set(path.split("/")) or _NEVER_IN_NAMES.search(path)
    return None if is_odd else path


def _plain(url: str) -> str:
    return unquote(url).casefold().rstrip("/")


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:  # such as half an address in brackets
        return ""
