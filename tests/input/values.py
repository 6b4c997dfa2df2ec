"""Values that nobody expects in a form, an address or a file."""

from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

NUL = "\0"
LONG = "x" * 100_000
TURNED = "\u202e\u2066gpj.exe\u2069"  # reads backwards
ARABIC = "مرحبا"
SURROGATE = b"\xed\xa0\x80"  # one half of a pair, as no text in UTF-8 may hold it

NUMBERS = (
    *("-1", "0", "1", "2147483648", "9223372036854775808", "-9223372036854775809"),
    *("9" * 30, "9" * 5000, "1e400", "nan", "-inf", "0x10", "1_0", "1.5", "\u0663", "\uff11"),
    " 1 ",
)
MOMENTS = (  # that are none, or that no time zone can hold
    *("0000-01-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59:59", "10000-01-01T00:00"),
    *("2026-02-29T10:00", "2026-13-45T99:99", "2026-03-10T09:00Z", "2026-03-10T09:00+99:99"),
    *("yesterday", "2026-03-10", "--"),
)
RARE_MOMENTS = (  # a leap day; in Berlin, one that never comes and one that comes twice
    *("2024-02-29T10:00", "2026-03-29T02:30", "2026-10-25T02:30"),
)
WORDS = (
    *("", NUL, f"a{NUL}b", LONG, TURNED, ARABIC, "e\u0301", "\ufeff", "\U0001f600", "\uffff"),
    *("' OR 1=1 --", "%", "_", "\\", "[]", "{}", "null", "<script>alert(1)</script>"),
    *(
        "{{ 7|add:7 }}",
        "../../etc/passwd",
        "file:///etc/passwd",
        "a\r\nSet-Cookie: b=c",
        "(((((",
        "*",
        "--help",
    ),
)
EVERY = (*WORDS, *NUMBERS, *MOMENTS, *RARE_MOMENTS)
UNREADABLE = (SURROGATE, b"\xff\xfe", b"\x80", b"\xc0\x80", b"\xf4\x90\x80\x80")
JUNK = ("%", "%zz", "%u0041", "%00", "%ff", "+", "&&", "%25%30%30", ";", "%0d%0a", "%C3%28")

texts = st.one_of(st.sampled_from(EVERY), st.text(max_size=30))
raw = st.one_of(
    texts.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(UNREADABLE),
    st.binary(max_size=20),
)
encoded = st.one_of(raw.map(lambda value: quote_from_bytes(value, safe="")), st.sampled_from(JUNK))


def named(names: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """``name=value`` pairs as they stand in an address: repeated, as arrays, with odd values."""
    as_array = st.sampled_from(("", "", "", "[]", "[0]", "[a][b]"))
    pairs = st.tuples(names, as_array, encoded).map(lambda pair: f"{pair[0]}{pair[1]}={pair[2]}")
    return st.lists(st.one_of(pairs, encoded), min_size=1, max_size=5).map("&".join)
