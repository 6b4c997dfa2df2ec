"""Chat messages of other people, made harmless for a page and readable for a search.

nh3 parses and cleans HTML, what it writes is rewritten, and nh3 has the last word. No body raises:
nh3 refuses only halves of surrogate pairs, html.parser only declarations; they are gone by then.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from html import escape
from html.parser import HTMLParser
from itertools import islice

import nh3

LONGEST_SHOWN = 20_000  # characters of visible text
LONGEST_HTML = 200_000  # characters of what shows them
LONGEST_VALUE = 2_048  # characters of a link or a description; a longer one is left out
MOST_TAGS = 5_000  # nested, they take a parser the square of their number
DEEPEST = 50  # elements inside one another; of deeper ones only the text is shown

INLINE = ("a", "b", "strong", "i", "em", "u", "s", "del", "sub", "sup", "code")
TABLES = ("table", "thead", "tbody", "tr", "th", "td")
BLOCKS = ("p", "div", "ul", "ol", "li", "blockquote", "pre", *TABLES)
PARTS = ("article", "caption", "dd", "dl", "dt", "footer", "form", "header", "main", "section")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What stands for an element's start and its end.
MARKUP = {tag: (f"<{tag}>", f"</{tag}>") for tag in (*INLINE, *BLOCKS)} | {
    **dict.fromkeys(PARTS, ("<div>", "</div>")),
    **dict.fromkeys(HEADINGS, ("<p><strong>", "</strong></p>")),
    "at": ('<span class="mention">', "</span>"),
    "codeblock": ("<pre>", "</pre>"),
    "strike": ("<s>", "</s>"),
    **dict.fromkeys(("br", "hr"), ("<br>", "")),
    "img": ('<span class="image">[', "]</span>"),
}
VOID = {"br", "hr", "img"}
SEPARATING = {*BLOCKS, *PARTS, *HEADINGS, "codeblock", "br", "hr"}
SPANS = {"colspan", "rowspan"}
READ = {"a": {"href"}, "emoji": {"alt"}, "img": {"alt"}, "td": SPANS, "th": SPANS}
CELL = {name: {str(number) for number in range(1, 100)} for name in SPANS}

cleaner = partial(
    nh3.Cleaner,
    clean_content_tags={"iframe", "noembed", "noframes", "noscript", "script", "style", "title"},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
)
READER = cleaner(tags={*MARKUP, "emoji"}, attributes=READ, link_rel=None)
LAST_WORD = cleaner(
    tags={*INLINE, *BLOCKS, "br", "span"},
    attributes={"a": {"href"}},
    tag_attribute_values={"td": CELL, "th": CELL, "span": {"class": {"mention", "image"}}},
    link_rel="noopener noreferrer nofollow",
)

# Controls but tab and line feed, halves of surrogate pairs, what turns the direction of writing.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
# Possessive throughout: whatever the body, each character is looked at once.
TAG = re.compile(r"""(?ai)<(/?[a-z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?)*+)>?""")
ATTRIBUTE = re.compile(r"""(?a)([^\s/=>"']++)(?:\s*+=\s*+("[^"]*+"?|'[^']*+'?|[^\s>]*+))?""")
LINK = re.compile(
    r"https?://(?:\w[\w.-]*|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:[/?#](?:[^\s\\]| )*+)?", re.I
)
MAIL = re.compile(r"mailto:[^\s\\]+", re.I)


@dataclass(frozen=True, slots=True)
class Shown:
    """``html`` needs no escaping. ``is_cut``: the message goes on."""

    html: str
    is_cut: bool


def safe_html(body: str, *, is_html: bool, image_label: str = "image") -> Shown:
    """What a page may show of a message. A picture becomes its description or ``image_label``."""
    source, is_cut = _read(body, is_html)
    writer = _Writer(image_label)
    writer.feed(source)
    writer.close()
    html = LAST_WORD.clean("".join(writer.pieces))
    html = LAST_WORD.clean(html)  # what a table threw out may read differently now
    return Shown(html, is_cut or writer.is_cut)


def plain_text(body: str, *, is_html: bool) -> str:
    """The words of a message, for a search; a line for each line, cell and paragraph."""
    words = _Words()
    words.feed(_read(body, is_html)[0])
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def safe_link(url: str) -> str | None:
    """The URL, if it leads to a host of the web and says plainly to which."""
    return url if LINK.fullmatch(url) and not UNWANTED.search(url) else None


def shown_name(name: str) -> str:
    """A file's or person's name for the eye, in one line that does not lie; "?" if invisible."""
    tidy = " ".join(_tidy(name).split())
    is_visible = any(unicodedata.category(letter)[0] not in "ZC" for letter in tidy)
    return tidy if is_visible else "?"


def _tidy(text: str) -> str:
    return UNWANTED.sub("", re.sub(r"\r\n?", "\n", text))


def _read(body: str, is_html: bool) -> tuple[str, bool]:
    """A body as nh3 writes it, with few enough tags, and whether that is not all of it."""
    body = _tidy(body) if is_html else escape(_tidy(body)).replace("\n", "<br>")
    end = next(islice((tag.start() for tag in re.finditer("<", body)), MOST_TAGS, None), None)
    source = READER.clean(TAG.sub(_bare, body[:end]))
    return _tidy(source), end is not None  # again: &#x202E; is a letter now


def _bare(tag: re.Match[str]) -> str:
    """A tag with none but the attributes that are read.

    Parsers open <b> and its like again in each paragraph: of 56 kB of attributes came a gigabyte.
    """
    name, rest = tag.groups()
    kept = dict.fromkeys(READ.get(name.lower(), ()), "")
    for attribute, value in ATTRIBUTE.findall(rest):
        if kept.get(attribute.lower()) == "" and len(value) <= LONGEST_VALUE:
            kept[attribute.lower()] = value
    return f"<{name}{''.join(f' {key}={value}' for key, value in kept.items() if value)}>"


class _Writer(HTMLParser):
    """Writes anew what nh3 wrote. What a cut leaves open, nh3 closes."""

    def __init__(self, image_label: str) -> None:
        super().__init__()
        self.image_label = image_label
        self.pieces: list[str] = []
        self.ends: list[str] = []
        self.room, self.room_in_all = LONGEST_SHOWN, LONGEST_HTML
        self.is_cut = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").strip() for name, value in attrs}
        is_deep = len(self.ends) >= DEEPEST and tag not in VOID
        start, end = ("", "") if is_deep else _markup(tag, values)
        self._write(start)
        self.handle_data(values.get("alt") or (self.image_label if tag == "img" else ""))
        self.ends.append(end)
        if tag in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._write(self.ends.pop())

    def handle_data(self, data: str) -> None:
        if self.pieces and self.pieces[-1] == "<pre>":
            data = data.lstrip("\n")  # each parser takes one away
        self._write(escape(data[: self.room], quote=False))
        self.is_cut = self.is_cut or len(data) > self.room
        self.room -= len(data)

    def _write(self, html: str) -> None:
        self.room_in_all -= len(html)
        self.is_cut = self.is_cut or self.room_in_all < 0
        if html and not self.is_cut:
            self.pieces.append(html)


def _markup(tag: str, values: dict[str, str]) -> tuple[str, str]:
    """What stands for the start of an element, and for its end."""
    start, end = MARKUP.get(tag, ("", ""))
    url = values.get("href", "")
    if tag == "a" and not (MAIL.fullmatch(url) or safe_link(url)):
        return "", ""
    if tag in {"a", "td", "th"}:
        kept = "".join(f' {name}="{escape(value)}"' for name, value in values.items())
        return f"<{tag}{kept}>", end
    return start, end


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        alt = dict(attrs).get("alt") if tag == "emoji" else None
        self.pieces.append("\n" if tag in SEPARATING else alt or "")

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append("\n" if tag in SEPARATING else "")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data.replace("\n", " "))
