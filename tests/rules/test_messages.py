"""Hostile and harmless messages, as a page shows and a search reads them."""

import sys
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.rules.messages import (
    LAST_WORD,
    LONGEST_HTML,
    LONGEST_SHOWN,
    plain_text,
    safe_html,
    safe_link,
    shown_name,
)
from sandbox.world.hostile_bodies import ATTACHMENTS, BODIES, ONE_MEGABYTE, TEXT

ALLOWED = {"p", "div", "br", "span", "a", "b", "strong", "i", "em", "u", "s", "del", "sub", "sup"}
ALLOWED |= {"ul", "ol", "li", "blockquote", "pre", "code"}
ALLOWED |= {"table", "thead", "tbody", "tr", "th", "td"}
REL = "noopener noreferrer nofollow"
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


class Seen(HTMLParser):
    """What a reader of some HTML finds: elements with their attributes, text, anything else."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, attrs))
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


def is_unwanted(letter: str) -> bool:
    is_control = unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\t\n"
    turns = unicodedata.bidirectional(letter) in BIDI or letter in "\u200e\u200f\u061c"
    return is_control or turns


def is_allowed(tag: str, name: str, value: str | None) -> bool:
    value = value or ""
    if (tag, name) == ("a", "href"):
        return value.lower().startswith(("http://", "https://", "mailto:"))
    if tag in {"td", "th"}:
        return name in {"colspan", "rowspan"} and value.isdecimal() and 0 < int(value) < 100
    if tag == "span":
        return name == "class" and value in {"mention", "image"}
    return (tag, name, value) == ("a", "rel", REL)


def assert_harmless(html: str) -> None:
    seen = Seen(html)
    assert seen.others == []
    assert {tag for tag, _ in seen.elements} <= ALLOWED
    attributes = [(tag, name, value) for tag, attrs in seen.elements for name, value in attrs]
    assert [attribute for attribute in attributes if not is_allowed(*attribute)] == []
    assert [letter for letter in seen.text + html if is_unwanted(letter)] == []


@pytest.mark.parametrize("is_html", [True, False])
@pytest.mark.parametrize("body", [*BODIES, TEXT], ids=lambda body: body[:12])
def test_hostile_bodies_do_nothing(body, is_html):
    assert_harmless(safe_html(body, is_html=is_html).html)
    assert not any(is_unwanted(letter) for letter in plain_text(body, is_html=is_html))


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("", ""),
        ("<p>Is it <b>row</b> or <i>column</i>?</p>", "<p>Is it <b>row</b> or <i>column</i>?</p>"),
        ('<at id="0">Mara Lindqvist</at>?', '<span class="mention">Mara Lindqvist</span>?'),
        ('<emoji id="smile" alt="🙂" title="Smile"></emoji>', "🙂"),
        ("<img alt='Figure 2' src='x' width=1>", '<span class="image">[Figure 2]</span>'),
        ('Yes: <attachment id="1"></attachment>', "Yes: "),
        ('<attachment id="1"/>after', "after"),
        ('<a HREF="http://a" href="http://b">x</a>', f'<a href="http://a" rel="{REL}">x</a>'),
        ("<h1>Loud</h1><hr>", "<p><strong>Loud</strong></p><br>"),
        ("<codeblock><code>\na<br>  b</code></codeblock>", "<pre><code>\na<br>  b</code></pre>"),
        ("<pre>\n\n\n\n\nx</pre>", "<pre>x</pre>"),
        (
            '<table style="x"><tr><td colspan="2" rowspan="100">1<th colspan="2%" rowspan=3>2',
            '<table><tbody><tr><td colspan="2">1</td><th rowspan="3">2</th></tr></tbody></table>',
        ),
        ('<span class="mention">Mara</span>', "Mara"),
        ('<at class="image">Mara</at>', '<span class="mention">Mara</span>'),
        ('<p class="image" id="hit" style="x" data-hx-get="/" hx-get="/">x</p>', "<p>x</p>"),
        ("<section>a</section>&nbsp;&amp;<unknown>b</unknown>", "<div>a</div>&nbsp;&amp;b"),
        ("a<table><caption>b</caption></table>", "a<div>b</div><table></table>"),
        ("1 < 2 and <b title='a>b' x=\">\">3</b>", "1 &lt; 2 and <b>3</b>"),
        ("&#x202e;gpj.exe &#8238;&#x2066;a&#0;&#xd800;", "gpj.exe a\ufffd\ufffd"),
    ],
)
def test_html(body, html):
    assert safe_html(body, is_html=True).html == html


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        *((url, url) for url in ("https://example.edu/a?b=1&amp;c=2#d", "mailto:mara@example.edu")),
        (" HTTP://example.edu ", "HTTP://example.edu"),
        ("https://example.edu/" + "a" * 2_000, "https://example.edu/" + "a" * 2_000),
        ("https://example.edu/" + "a" * 3_000, None),
        *((url, None) for url in ("//example.edu", "/logout", "logout", "mailto:", "tel:1")),
        ("https://a/&quot;&gt;<b", "https://a/&quot;&gt;&lt;b"),
        ("https:logout", None),  # relative, on a page of the same scheme
        ("https:/\\evil.example.invalid", None),
        ("https://example.edu@evil.example.invalid", None),
        ("java\nscript:hit", None),
    ],
    ids=lambda url: url and url[:30],
)
def test_links(href, kept):
    html = safe_html(f'<a name="hit" target="_top" HREF="{href}">x</a>', is_html=True).html
    assert html == (f'<a href="{kept}" rel="{REL}">x</a>' if kept else "x")


def test_text_is_no_markup():
    html = safe_html("<b>1</b> &amp; 2\r\n\t< 3\r4", is_html=False).html
    assert html == "&lt;b&gt;1&lt;/b&gt; &amp;amp; 2<br>\t&lt; 3<br>4"


def test_a_picture_without_a_description_is_named_by_the_caller():
    html = safe_html("<img src=x alt=' '>", is_html=True, image_label="<Bild>").html
    assert html == '<span class="image">[&lt;Bild&gt;]</span>'


def test_the_sanitizer_knows_by_itself_what_is_allowed():
    for tag in TAGS:
        assert_harmless(LAST_WORD.clean(f'<{tag} class="evil" colspan="x" id="hit">x</{tag}>'))
    for url in ("//a", "/a", "a", "javascript:a", "x:y"):
        assert_harmless(LAST_WORD.clean(f'<a href="{url}">x</a>'))


def test_links_in_one_another_are_taken_apart():
    body = '<a href="https://a">1<table><caption><a href="https://b">2</a></caption></table></a>'
    html = safe_html(body, is_html=True).html
    assert LAST_WORD.clean(html) == html


@pytest.mark.parametrize("is_html", [True, False])
@pytest.mark.parametrize(("more", "is_cut"), [(0, False), (1, True), (ONE_MEGABYTE, True)])
def test_a_long_message_is_cut(more, is_cut, is_html):
    body = "A" * (LONGEST_SHOWN + more)
    result = safe_html(body, is_html=is_html)
    assert (result.html, result.is_cut) == ("A" * LONGEST_SHOWN, is_cut)
    assert plain_text(body, is_html=is_html) == body


NAMES = " ".join(f"a{number}" for number in range(10_000))
EXPENSIVE = (
    "<div>" * 100_000 + "deep",
    "<table><tr><td>" * 30_000,
    "<p>x" * 30_000,
    # Formatting that is opened again in each paragraph.
    f"<p><b {NAMES}>" + "<p>x" * 4_000 + "<p>" * 2_000,
    "<p>" + "".join(f"<b a={number}>" for number in range(2_500)) + "<p>x" * 3_000,
    "<p><a href='https://example.edu/" + "a" * 2_000 + "'>" + "<p>x" * 4_000,
    # What a slow expression would read again and again.
    '<b x="' * 200_000,
    "<![CDATA[" * 100_000,
)


@pytest.mark.parametrize("body", EXPENSIVE, ids=lambda body: body[:12])
def test_bodies_that_cost_much_are_cut(body):
    result = safe_html(body, is_html=True)
    assert result.is_cut
    assert_harmless(result.html)
    assert len(result.html) < 1.1 * LONGEST_HTML
    assert len(plain_text(body, is_html=True)) < 20_000


def test_deep_elements_keep_their_text():
    html = safe_html("<div>" * 600 + "12 <br>deep" + "</div>" * 600, is_html=True).html
    assert html == "<div>" * 50 + "12 <br>deep" + "</div>" * 50


TAGS = [*sorted(ALLOWED), "at", "emoji", "img", "attachment", "codeblock", "h1", "hr", "section"]
TAGS += ["script", "style", "svg", "math", "mtext", "template", "textarea", "select", "button"]
TAGS += ["caption", "form", "noscript", "plaintext", "title", "font", "iframe", "unknown"]
ATTRIBUTES = ["", " class=mention", ' href="https://example.edu"', " href='javascript:1'", " x='>"]
ATTRIBUTES += [" alt=🙂", ' alt="<b>"', " colspan=2", " colspan=x", ' onclick="x"', " /"]
SIGNS = ["<!--", "-->", "<![CDATA[", "]]>", "<!x", "<?", "&#x202e;", "&lt;", "\n"]
ANY_TEXT = st.text(st.characters(exclude_categories=()))
BODY = st.lists(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
    | st.builds("</{}>".format, st.sampled_from(TAGS))
    | st.sampled_from(SIGNS)
    | ANY_TEXT
).map("".join)


@given(BODY, st.booleans())
def test_whatever_is_said_is_harmless(body, is_html):
    html = safe_html(body, is_html=is_html).html
    assert_harmless(html)
    assert LAST_WORD.clean(html) == html


@given(BODY, st.booleans())
def test_whatever_is_said_has_words(body, is_html):
    text = plain_text(body, is_html=is_html)
    assert text == "\n".join(" ".join(line.split()) for line in text.split("\n") if line)
    assert not any(is_unwanted(letter) for letter in text)


def test_every_unwanted_letter_is_removed():
    text = plain_text("".join(map(chr, range(sys.maxunicode + 1))), is_html=False)
    assert [letter for letter in text if is_unwanted(letter)] == []


@given(ANY_TEXT)
def test_text_is_shown_and_found_as_it_was_written(body):
    lines = body.replace("\r\n", "\n").replace("\r", "\n")
    expected = "".join(letter for letter in lines if not is_unwanted(letter))
    assert Seen(safe_html(body, is_html=False).html).text == expected
    assert plain_text(body, is_html=False).split() == expected.split()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>one</p><p>two<br>three</p>", "one\ntwo\nthree"),
        ("<ul><li>a<li>b</ul><h1>c</h1>d", "a\nb\nc\nd"),
        ("a<form>b</form>c<table><caption>d</caption><tr><td>e<td>f", "a\nb\nc\nd\ne\nf"),
        ("<at id=0>Mara  Lindqvist</at>\n&nbsp;&lt;<emoji alt='🙂'></emoji>", "Mara Lindqvist <🙂"),
        ("w<b>or</b>d<img alt='x'>s<span>!</span>", "words!"),
        ("a<script>b</script><style>c</style><!-- d --><title>e</title>f", "af"),
        ("a&#0;\x00b\ud800&#x202e;", "a\ufffdb"),
        ("<p> </p>", ""),
    ],
)
def test_words(body, words):
    assert plain_text(body, is_html=True) == words


GOOD = (
    *("https://example.sharepoint.com/sites/a/Shared Documents/b.docx?web=1#c", "http://a"),
    *("HTTPS://EXAMPLE.EDU:8443/ü", "https://[2001:db8::1]/a@b", "https://bücher.example/?q='<"),
)
BAD = (
    *(url for _, url, _, _ in ATTACHMENTS if url and not url.endswith("27.pdf")),
    *("", "/a", "//example.edu", "https:", "https://", "https:///a", "https:a", "https://:80/"),
    *("ftp://example.edu", "file:///etc/passwd", "JavaScript://example.edu/%0aalert(1)"),
    *("https://a@example.edu", "https://a:b@example.edu", "https://example.edu\\@b.example"),
    *("https://exa mple.edu", "https://example.edu/\n", " https://example.edu", "https://a/\tb"),
    *("https://example.edu/\u202egnp.exe", "https://example.edu/\x00", "https://a/\ud800"),
    *("https://[example", "https://example.edu:port", "https://example.edu%2f@b", "https://a／b"),
)


@pytest.mark.parametrize("url", [*GOOD, *BAD])
def test_a_link_leads_plainly_to_a_host(url):
    assert safe_link(url) == (url if url in GOOD else None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Reading list.pdf", "Reading list.pdf"),
        ("photo_\u202egnp.exe", "photo_gnp.exe"),
        ("a\r\nb\tc\x00\u2028d\ud800", "a b c d"),
        ("علي 👩‍🎓", "علي 👩‍🎓"),
        *((name, "?") for name in ("", " ", "\x00", "\u202e", "\u200b", "\u00a0\ufeff")),
    ],
)
def test_names(name, expected):
    assert shown_name(name) == expected


@given(ANY_TEXT)
def test_a_name_is_one_line_that_is_never_empty(name):
    shown = shown_name(name)
    assert shown == " ".join(shown.split()) != ""
    assert not any(map(is_unwanted, shown))
