"""A text in one plain spelling, character for character, so that places in it stay the same."""

import re

Span = tuple[int, int]
STAR = "***"
SPOKEN = "零〇一二三四五六七八九幺"
SPOKEN_DIGITS = str.maketrans(SPOKEN + "壹贰叁肆伍陆柒捌玖", "001234567891" + "123456789")
# Full-width letters, digits and marks, and the many dashes.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣ー"), "-")
_SPACES = dict.fromkeys(map(ord, "\u3000\xa0\u2002\u2003\u2009\t"), " ")
# What stands for the X at the end of an identity number, and for a digit that somebody hid.
_CROSSES = dict.fromkeys(map(ord, "Ⅹⅹ×✕Хх"), "X")
_PLAIN: dict[int, int | str] = {**_WIDE, **_DASHES, **_SPACES, **_CROSSES}
_ROUND = "⓪①②③④⑤⑥⑦⑧⑨"
_ROUND_DIGITS = str.maketrans(_ROUND, "0123456789")
_WORDS = f"{SPOKEN}壹贰叁肆伍陆柒捌玖"
# A round digit alone is the number of a line, not a part of what stands behind it.
_ROUNDED = re.compile(f"[{_ROUND}](?=[{_ROUND}{_WORDS}])|(?<=[{_ROUND}{_WORDS}])[{_ROUND}]")
# Typed for the dash behind an area code.
_ONE_FOR_A_DASH = re.compile(r"(?:(?<=(?<!\d)0\d\d)|(?<=(?<!\d)0\d{3}))一(?=[1-9]\d{6})")
# Seven digits and more in words are a number read out, not a quantity; figures and words mixed
# are one when they are as many as those of a mobile: 电话13812345678一直占线 ends with its 8.
_READ_OUT = re.compile(
    rf"[{_WORDS}](?:[ .-]?[{_WORDS}]){{6,}}"
    rf"|(?<![{_WORDS}\d])[1一幺壹][ .-]?[3-9三四五六七八九叁肆伍陆柒捌玖]"
    rf"(?:[ .-]?[{_WORDS}\d]){{9}}(?![{_WORDS}\d])",
    re.ASCII,
)


def shadow(text: str) -> str:
    """Return the text with plain digits, letters, dashes and spaces; its length is the same."""
    plain = _ONE_FOR_A_DASH.sub("-", text.translate(_PLAIN))
    plain = _ROUNDED.sub(lambda found: found[0].translate(_ROUND_DIGITS), plain)
    return _READ_OUT.sub(lambda found: found[0].translate(SPOKEN_DIGITS), plain)
