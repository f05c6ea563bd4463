"""Things that people type, by mistake or on purpose, that must be shown as text and run nothing (SR-34)."""

from __future__ import annotations

from typing import Final

MENTIONS: Final = (
    "<!channel>", "<!here>", "<!everyone>", "<!here|here>", "<@U1>", "<@U1|amira>", "<#C9>", "<#C9|leads>",
    "<!subteam^S1>", "<!subteam^S1|@leads>", "@channel", "@here", "@everyone", "@amira", "#general", "&lt;!channel&gt;",
    "&amp;lt;!channel&amp;gt;", "<!channel", "!channel>", "<\u200b!channel>", "\uff1c!channel\uff1e",
    "<!date^1392734382^{date}|x>",
)  # fmt: skip
LINKS: Final = (
    "<https://evil.example|Click>", "<https://evil.example>", "https://evil.example", "http://evil.example/a?b=c",
    "evil.example", "www.evil.example", "//evil.example", "[Click](https://evil.example)", "<mailto:a@b.example|x>",
    "a@b.example", "tel:999", "<tel:999|999>", "javascript:alert(1)", "<javascript:alert(1)|x>", "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>", "data:image/png;base64,iVBORw0KGgo=", "file:///etc/passwd",
    "slack://user?team=T1&id=U1", "<slack://open|x>", "https://user:pass@evil.example", "ftp://evil.example",
    "![x](https://evil.example/x.png)", "<https://evil.example|", "|https://evil.example>", "https://\u0435vil.example",
)  # fmt: skip
MARKUP: Final = (
    "*bold*", "_italic_", "~struck~", "`code`", "```\ncode\n```", "> quoted", ">>> quoted", "&gt; quoted", "* item",
    "- item", "1. item", "# heading", "**bold**", "__bold__", ":skull:", ":+1:", ":100:", "::", ":a:b:", "*_~`all`~_*",
    "a*b*c", "snake_case_name", "~/.profile", "5 * 3 * 2", "*", "_", "~", "`", "<b>bold</b>", "&nbsp;", "&#60;b&#62;",
    "---", "***", "===", "|a|b|", "\\*not\\*", "*\u200bbold\u200b*",
)  # fmt: skip
CODE: Final = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe src=//evil.example>",
    "'><script>alert(1)</script>", '"><img src=x>', "<a href='x'>y</a>", "<!-- x -->", "<?xml version='1.0'?>",
    "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{% raw %}", "%s%s%n", "{0}", "$(id)", "`id`", "; rm -rf /", "| id",
    "' OR 1=1 --", "'; DROP TABLE cases; --", "=HYPERLINK(\"http://evil.example\")", "=1+1", "+1+1", "-1+1", "@SUM(1)",
    "\t=1+1", "../../etc/passwd", "..\\..\\windows", "%00", "%0d%0aX: y", "\\u003cscript\\u003e", "&lt;script&gt;",
)  # fmt: skip
UNSEEN: Final = (
    "a\r\nX-Header: b", "a\nb", "a\rb", "a\u2028b", "a\u2029b", "a\x00b", "a\x07b", "a\x1b[31mred\x1b[0m", "a\x7fb",
    "a\u202eb", "\u202eevil\u202c", "\u2066a\u2069", "\u200fa", "a\ufeffb", "\ud800", "a\udfffb", "x" * 5000,
    "漢字" * 2000, "😀" * 2000, "a " * 2500, "\u0301" * 50, "e\u0301", "مرحبا", "שלום", " \u00a0 ",
)  # fmt: skip
PAYLOADS: Final = (*MENTIONS, *LINKS, *MARKUP, *CODE, *UNSEEN)
