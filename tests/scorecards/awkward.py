"""Texts that break what is built carelessly: each stands for a way to lose somebody's words."""

AWKWARD = {
    "quotes": """He said "it's fine" and `left` it""",
    "commas": "One, two; three\tfour",
    "formula": '=HYPERLINK("http://example.org")',
    "sql": "'); DROP TABLE ratings; --",
    "percent": "100 % of %s and %(name)s {braces}",
    "backslash": "C:\\new\\table \\u0041",
    "lines": "first line\nsecond line\r\nthird line",
    "emoji": "👩🏽‍🔬 measured it 🎯",
    "right to left": "قالت إن النموذج ساء בלי אזהרה",
    "combining": "Z\u0351\u0358a\u0340lgo \u202eflipped\u202c",
    "markup": "<script>alert(1)</script> | # * [x](y) $a$",
    "10,000 characters": "größer " * 1428 + "end.",
}
assert len(AWKWARD["10,000 characters"]) == 10_000
