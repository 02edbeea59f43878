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
_ROUND = {ord(sign): str(number) for number, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨")}
_PLAIN: dict[int, int | str] = {**_WIDE, **_DASHES, **_SPACES, **_ROUND}
# Seven digits and more in words are a number read out, not a quantity.
_READ_OUT = re.compile(f"[{SPOKEN}壹贰叁肆伍陆柒捌玖](?:[ .-]?[{SPOKEN}壹贰叁肆伍陆柒捌玖]){{6,}}")


def shadow(text: str) -> str:
    """Return the text with plain digits, letters, dashes and spaces; its length is the same."""
    plain = text.translate(_PLAIN)
    return _READ_OUT.sub(lambda found: found[0].translate(SPOKEN_DIGITS), plain)
