"""How recordings, messages, transcripts and files are written."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django import template
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.models import ChatMessage, DriveFile, Recording, SharedFile
from conferences.rules import messages
from platforms.reasons import ReasonCode
from syncing import phrases
from syncing.outcomes import Reason

register = template.Library()

SECOND = timedelta(seconds=1)
LARGE = 1_500  # characters of HTML
# A tag, or a word so long that a browser needs seconds to find out where to break it.
TAG_OR_LONG_WORD = re.compile(r"""(<[^"<>]*+(?:"[^"]*+"[^"<>]*+)*+>)|[^\s<&]{200,}+""")
PIECE = re.compile(".{20}", re.DOTALL)
TYPES: dict[str, Promise | str] = {
    "pdf": "PDF",
    "word": gettext_lazy("Word document"),
    "sheet": gettext_lazy("Excel workbook"),
    "slides": gettext_lazy("PowerPoint slides"),
    "text": gettext_lazy("text"),
    "table": gettext_lazy("table (CSV)"),
    "page": gettext_lazy("web page"),
    "image": gettext_lazy("picture"),
    "video": gettext_lazy("video"),
    "audio": gettext_lazy("sound"),
    "archive": gettext_lazy("archive"),
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
BY_MIME_TYPE = {
    "application/pdf": "pdf",
    "application/msword": "word",
    f"{_OFFICE}wordprocessingml.document": "word",
    "application/vnd.ms-excel": "sheet",
    f"{_OFFICE}spreadsheetml.sheet": "sheet",
    "application/vnd.ms-powerpoint": "slides",
    f"{_OFFICE}presentationml.presentation": "slides",
    "text/csv": "table",
    "text/html": "page",
    "application/zip": "archive",
    "application/x-zip-compressed": "archive",
}
BY_SUFFIX = {
    "pdf": "pdf",
    **dict.fromkeys(("doc", "docx"), "word"),
    **dict.fromkeys(("xls", "xlsx"), "sheet"),
    **dict.fromkeys(("ppt", "pptx"), "slides"),
    **dict.fromkeys(("txt", "md"), "text"),
    "csv": "table",
    **dict.fromkeys(("htm", "html"), "page"),
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp", "svg"), "image"),
    **dict.fromkeys(("mp4", "mov", "webm"), "video"),
    **dict.fromkeys(("mp3", "m4a", "wav"), "audio"),
    **dict.fromkeys(("zip", "gz", "7z"), "archive"),
}


@dataclass(frozen=True)
class Body:
    """``is_empty``: the message says nothing that can be shown. ``is_large``: it may need a box
    that scrolls.
    """

    html: SafeString
    is_cut: bool

    @property
    def is_empty(self) -> bool:
        return not strip_tags(self.html).strip()

    @property
    def is_large(self) -> bool:
        return len(self.html) > LARGE or "<table" in self.html


@register.filter
def safe_body(message: ChatMessage) -> Body:
    """{% with body=message|safe_body %}: what may be shown of what somebody wrote."""
    shown = messages.safe_html(message.body, is_html=message.is_html, image_label=_("image"))
    html = TAG_OR_LONG_WORD.sub(
        lambda found: found[1] or PIECE.sub(r"\g<0><wbr>", found[0]), shown.html
    )
    return Body(SafeString(html), shown.is_cut)


@register.filter
def shown_name(name: str) -> str:
    """A name that somebody else chose, in one line that does not lie."""
    return messages.shown_name(name)


@register.filter
def web_link(url: str | None) -> str:
    """The URL if it leads to the web and says plainly where, else ""."""
    return messages.safe_link(url or "") or ""


@register.filter
def hms(length: timedelta) -> str:
    """{{ recording.duration|hms }} is 0:58:00"""
    minutes, seconds = divmod(length // SECOND, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


@register.filter
def offset(start: timedelta) -> str:
    """{{ cue.starts|offset }} is 0:01:04, or −0:04 for what came four seconds too early."""
    if start >= timedelta():
        return hms(start)
    minutes, seconds = divmod(-start // SECOND, 60)
    return f"−{minutes}:{seconds:02}"


@register.filter
def is_early(start: timedelta) -> bool:
    """Whether it was said before transcription began."""
    return start < timedelta()


@register.filter
def length_of(file: DriveFile) -> timedelta:
    """{{ file|length_of|hms }}: of a video whose drive knows it."""
    return timedelta(seconds=file.seconds or 0)


@register.simple_tag
def speakers_switched_off() -> str:
    """Why a transcript names nobody, and who acts."""
    reason = Reason(ReasonCode.SPEAKERS_SWITCHED_OFF)
    return f"{phrases.sentence(reason)}. {phrases.who(reason.who)}."


@register.filter
def known_from(recording: Recording) -> str:
    """{{ recording|known_from }} is "the list of recordings, the chat": the routes that name it."""
    file = recording.file
    is_elsewhere = file is not None and not file.is_in_folder
    return ", ".join(
        _("its file") if name == "drive" and is_elsewhere else phrases.source(name)
        for name in recording.sources
    )


@register.filter
def file_type(file: SharedFile) -> str:
    """{{ file|file_type }} is "PDF": from what the drive says, else from the end of the name."""
    kind, _slash, rest = file.mime_type.lower().partition(";")[0].strip().partition("/")
    _name, dot, suffix = file.name.rpartition(".")
    suffix = suffix.lower() if dot else ""
    found = BY_MIME_TYPE.get(f"{kind}/{rest}") or BY_SUFFIX.get(suffix)
    if found is None and kind in {"image", "video", "audio", "text"}:
        found = kind
    if found is not None:
        return str(TYPES[found])
    if suffix.isascii() and suffix.isalnum() and len(suffix) <= 5:
        return _("%(suffix)s file") % {"suffix": suffix.upper()}
    return _("unknown")
