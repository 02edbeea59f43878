"""By when something is to be done, as offices write it: “4月底前”, “每季度”, “长期坚持”.

Pure: the days between which it must lie are a parameter. What cannot be told for certain comes
with a doubt, never with a silent guess.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daodi.lib.text import Sentence
from daodi.lib.windows import MONTHS_IN_QUARTER, end_of

FIRST_YEAR, LAST_YEAR, LONGEST = 1990, 2100, 60
HALF, DECEMBER = 6, 12
TENTHS = {"上": 10, "中": 20}
QUARTERS = {mark: n % 4 + 1 for n, mark in enumerate("一二三四1234")}


class Repeats(StrEnum):
    """How often something comes again."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Due:
    """What was understood: the last day, the first one if it was said, and how often it comes."""

    day: date | None = None
    first: date | None = None
    repeats: str = ""
    doubt: str = ""

    UNREAD: ClassVar[Promise] = _("“%(words)s” is not understood as a time.")
    NO_YEAR: ClassVar[Promise] = _("“%(words)s” names no year: taken as %(year)s.")
    OUTSIDE: ClassVar[Promise] = _("“%(words)s” lies outside the time of the plan.")
    NO_DAY: ClassVar[Promise] = _("“%(words)s” is not in the calendar.")


@dataclass(frozen=True, slots=True)
class Within:
    """The days between which a plan lies; both belong to it."""

    first: date
    last: date

    def years(self) -> range:
        return range(self.first.year, self.last.year + 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


Parts = dict[str, str | None]
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_NUMBER = re.compile(
    "[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九](?=[月日号])"
)
_CHINESE_YEAR = re.compile("[二〇零一三四五六七八九]{4}(?=年)")
_YEAR = r"(?:(?P<year>\d{4})\s*[年./-]\s*|(?P<relative>今|本|明|当)年(?:度)?)?"
_BEFORE = r"\s*(?:以前|之前|前|内|完成|底前|止|为止)*"
_FULL = re.compile(_YEAR + r"(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*[日号]?" + _BEFORE)
_MONTH = re.compile(
    _YEAR + r"(?P<month>\d{1,2})\s*月\s*(?:份)?\s*(?P<part>上旬|中旬|下旬|初|中|底|末)?" + _BEFORE
)
_QUARTER = re.compile(_YEAR + r"第?(?P<quarter>[一二三四1-4])季度\s*(?:末|底)?" + _BEFORE)
_HALF = re.compile(_YEAR + r"(?P<half>上|下)半年\s*(?:末|底)?" + _BEFORE)
_YEARS_END = re.compile(
    r"(?:(?P<year>\d{4})年?|(?P<relative>今|本|明|当|全)?年)(?:度)?(?:底|末|终|全年)?" + _BEFORE
)
_DOTTED_MONTH = re.compile(r"(?P<year>\d{4})\s*[./-]\s*(?P<month>\d{1,2})")
_SPAN = re.compile(
    r"(?P<first>.+?)\s*(?:至|到|—+|－|–|~|～|-{2,}|-(?=.*[年月日]|\d{4}\.))\s*(?P<last>.+)"
)
_REPEATS = (
    (re.compile(r"每(?:个)?季度?|(?:按)?季度(?:推进|开展)|季度"), Repeats.QUARTER),
    (re.compile(r"每(?:个)?月|按月|月度"), Repeats.MONTH),
    (re.compile(r"每(?:个)?年|按年|年度|每年度"), Repeats.YEAR),
    (
        re.compile(
            r"(?:并)?(?:长期|持续|常态化|常年|经常性?|一直)(?:性|地)?(?:坚持|推进|开展|进行|实施|保持)?|常抓不懈"
        ),
        Repeats.ALWAYS,
    ),
)
_SEPARATORS = re.compile("[，,；;、。]")


def read_due(words: object, within: Within) -> Due:
    """Return what a cell says of a time; nothing but a doubt where it cannot be told.

    Where the words name no year, it is the one in which the day falls into `within`. Nothing said
    is no doubt, and “长期坚持” is none: it is kept up as long as the plan lasts.
    """
    if isinstance(words, date):
        day = words.date() if isinstance(words, datetime) else words
        return Due(day, doubt=_outside(day.isoformat(), day, within))
    text = _plain("" if words is None else str(words))
    if not text:
        return Due()
    # What is longer is no time but a text.
    found = (_repeated(text, within) or _one(text, within)) if len(text) <= LONGEST else None
    if found is None:
        return Due(doubt=str(Sentence(Due.UNREAD, words=str(words).strip())))
    return found


def _outside(words: str, day: date, within: Within) -> str:
    return "" if within.holds(day) else str(Sentence(Due.OUTSIDE, words=words))


def _plain(words: str) -> str:
    """Write digits as digits, without spaces and brackets around."""
    text = unicodedata.normalize("NFKC", words)
    text = re.sub(r"\s+", "", text).strip("()（）。;；")
    text = _CHINESE_YEAR.sub(lambda found: found[0].replace("二", "2").translate(_DIGITS), text)
    return _CHINESE_NUMBER.sub(lambda found: str(_number(found[0])), text)


def _number(word: str) -> int:
    """Return what a Chinese number below a hundred says."""
    if "十" not in word:
        return int(word.translate(_DIGITS))
    tens, _ten, ones = word.partition("十")
    return 10 * int(tens.translate(_DIGITS) or 1) + int(ones.translate(_DIGITS) or 0)


def _repeated(text: str, within: Within) -> Due | None:
    """Understand “每季度”, also with a time beside it: “4月底前完成，长期坚持”."""
    rest, repeats = [], ""
    for part in filter(None, _SEPARATORS.split(text)):
        again = next((kind for shape, kind in _REPEATS if shape.fullmatch(_without_end(part))), "")
        repeats = repeats or again
        if not again:
            rest.append(part)
    if not repeats or not rest:
        return Due(repeats=repeats) if repeats else None
    found = _one("".join(rest), within)
    return replace(found, repeats=repeats) if found else None


def _without_end(part: str) -> str:
    return re.sub("(?:进行|完成|开展|一次|1次|推进|报告|坚持)$", "", part) or part


def _one(text: str, within: Within) -> Due | None:
    return _single(text, within) or _span(text, within)


def _span(text: str, within: Within) -> Due | None:
    """Understand “3月至6月” and “2026.1-2026.12”; a year stands once for both ends."""
    found = _SPAN.fullmatch(text)
    if not found:
        return None
    words = found["first"] + "月" if found["first"].isdigit() else found["first"]
    first = _single(words, within)
    if first is None or first.day is None:
        return None
    same_year = Within(date(first.day.year, 1, 1), date(first.day.year, DECEMBER, 31))
    last = _single(found["last"], same_year)
    if last is None or last.day is None:
        return None
    begin = first.day if _FULL.fullmatch(words) else first.day.replace(day=1)
    if begin > last.day:
        return None
    return Due(last.day, begin, doubt=first.doubt or _outside(text, last.day, within))


def _single(text: str, within: Within) -> Due | None:
    for shape, read in _SHAPES:
        found = shape.fullmatch(text)
        if found:
            return _checked(text, found.groupdict(), read, within)
    return None


def _checked(text: str, parts: Parts, read: "Read", within: Within) -> Due:
    year = _year_of(parts, within)
    years = [year] if year else list(within.years())
    days = [day for one in years if (day := _read(read, parts, one))]
    if not days:
        return Due(doubt=str(Sentence(Due.NO_DAY, words=text)))
    inside = [day for day in days if within.holds(day)]
    day = (inside or days)[0]
    if year is None and len(inside) > 1:
        return Due(day, doubt=str(Sentence(Due.NO_YEAR, words=text, year=day.year)))
    return Due(day, doubt=_outside(text, day, within))


def _read(read: "Read", parts: Parts, year: int) -> date | None:
    try:
        day = read(parts, year)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _year_of(parts: Parts, within: Within) -> int | None:
    if parts.get("year"):
        return int(parts["year"] or 0)
    word = parts.get("relative")
    return None if not word else within.first.year + (word == "明")


Read = Callable[[Parts, int], date]


def _day(parts: Parts, year: int) -> date:
    return date(year, int(parts["month"] or 0), int(parts["day"] or 0))


def _month_end(parts: Parts, year: int) -> date:
    end = end_of("month", date(year, int(parts["month"] or 0), 1))
    part = parts.get("part") or ""
    if part in {"上旬", "初"}:
        return end.replace(day=TENTHS["上"])
    return end.replace(day=TENTHS["中"]) if part == "中旬" else end


def _quarter_end(parts: Parts, year: int) -> date:
    return end_of("quarter", date(year, MONTHS_IN_QUARTER * QUARTERS[parts["quarter"] or ""], 1))


def _half_end(parts: Parts, year: int) -> date:
    return end_of("month", date(year, HALF if parts["half"] == "上" else DECEMBER, 1))


def _year_end(_parts: Parts, year: int) -> date:
    return date(year, DECEMBER, 31)


_SHAPES: tuple[tuple[re.Pattern[str], Read], ...] = (
    (_FULL, _day),
    (_DOTTED_MONTH, _month_end),
    (_MONTH, _month_end),
    (_QUARTER, _quarter_end),
    (_HALF, _half_end),
    (_YEARS_END, _year_end),
)
