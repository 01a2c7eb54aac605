"""Writes test/golden/text/normalization.json and html-entities.json: what Python's own library makes of texts.

Run with any Python 3.12 or later; it needs no package: python scripts/golden/normalization.py
"""

import html
import json
import pathlib
import unicodedata

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "test" / "golden" / "text"

TEXTS = [
    "plain ASCII",
    "café cafe\u0301 CAFÉ",
    "Ångström, Å and A\u030a",
    "ﬁne ﬂight ½ ² №",
    "ＦＵＬＬ　ｗｉｄｔｈ １２３",
    "ｶﾞｷﾞ が か\u3099",
    "한국어 \u1112\u1161\u11ab",
    "Ὀδυσσεύς ἄνδρα",
    "ёлка й и\u0306",
    "Tiếng Việt",
    "हिन्दी ক\u09cb",
    "ø ß ł đ æ",
    "שָׁלוֹם مُحَمَّد",
    "q\u0323\u0307 q\u0307\u0323",
    "😀 ☺\ufe0f \U0001d518",
    "ﷺ ㎏ ①",
]

ENTITIES = [
    "&quot;Good&quot; &amp; bad &lt;br /&gt; &apos;x&apos;",
    "don&#39;t don&#x27;t don&#X2019;t don&rsquo;t",
    "&ldquo;a&rdquo; &lsquo;b&rsquo; &ndash;&mdash;&hellip;&nbsp;!",
    "&eacute;&Eacute;&szlig;&yuml;&iexcl;&frac12;&ETH;&THORN;&thorn;&times;&divide;",
    "&#146;&#147;&#148;&#150;&#151;&#133;&#128;&#159;",
    "&#0;&#xD800;&#x110000;",
    "&euro;&trade;&bull;&permil;&Prime;&prime;&minus;&OElig;&oelig;&Scaron;&scaron;&Yuml;&circ;&tilde;",
    "&sbquo;&bdquo;&lsaquo;&rsaquo;&dagger;&Dagger;&ensp;&emsp;&thinsp;&laquo;&raquo;&micro;&para;",
    "&#128512; &#x1F600;",
]


def without_accents(text):
    kept = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.category(c).startswith("M"))
    return unicodedata.normalize("NFC", kept)


def write(name, cases):
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(cases, ensure_ascii=True, indent=1) + "\n")


write(
    "normalization",
    [
        {
            "text": text,
            "NFC": unicodedata.normalize("NFC", text),
            "NFKC": unicodedata.normalize("NFKC", text),
            "withoutAccents": without_accents(text),
        }
        for text in TEXTS
    ],
)
write("html-entities", [{"text": text, "plain": html.unescape(text)} for text in ENTITIES])
