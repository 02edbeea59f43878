"""Numbers by which somebody can be reached or identified."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from daodi.lib.masking.shadow import Span

GAP = r"[ .-]{0,2}"
LABEL_REACH = 12
NEW_BADGE, OLD_BADGE = 18, 15
FIRST_YEAR = 1900
_CHECK = "10X98765432"
_WEIGHTS = tuple(2**place % 11 for place in range(17, 0, -1))
_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
# What an office knows things by. What stands in one of these is left alone.
_PUBLIC = re.compile(
    r"(?<![A-Za-z])[A-Z]{1,6}-?(?:19|20)\d{6}-?\d{3,12}(?!\d)"  # a request
    r"|[〔\[(【﹝][ ]?(?:19|20)\d\d[ ]?年?[〕\])】﹞][ ]?(?:第[ ]?)?\d+[ ]?号?"  # a document
    r"|(?:19|20)\d\d[-/.年](?:0?[1-9]|1[0-2])[-/.月](?:[0-2]?\d|3[01])(?!\d)"  # a date
    r"|(?<!\d)[48]00[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)"  # a service line
    r"|(?:编号|单号|流水号|受理号|工单号?|文号|备案号|许可证号|合同号|"
    r"批次号?|信用代码|税号|地块|档案号|案号)"
    r"[:为是 ]{0,3}[A-Za-z]{0,6}[\d-]{5,24}"
    r"|(?<![\d.])\d{1,10}(?:\.\d+)?[ ]?"
    r"(?:[万亿千]?元|万|亿|平方|平米|亩|吨|公里|千瓦|公斤|立方|m2|㎡)"
)
_MASKED = r"[*xX＊×]"
_MOBILE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?86{GAP})?(?:"
    rf"1[3-9]\d(?:{GAP}\d){{8}}"
    r"|1[3-9]\d(?:[_/,:][ ]?\d{4}){2}|1[3-9]\d[ ]?[(]\d{4}[)][ ]?\d{4}"
    r"|1(?:[ ][3-9](?:[ ]\d){9}|-[3-9](?:-\d){9})"
    rf"|1[3-9]\d{{1,2}}{GAP}{_MASKED}{{3,8}}{GAP}\d{{2,4}})(?!\d)"
)
_LANDLINE = re.compile(
    r"(?<![\d-])(?:(?:\+|00)?86[ -]?)?(?:[(]0(?:10|2\d|[3-9]\d\d)[)]|0(?:10|2\d|[3-9]\d\d))"
    r"[ -]{0,3}[1-9*]\d{2,3}[ -]?[\d*]{4}(?:[ ]?(?:转|-)[ ]?\d{1,6})?(?!\d)"
    # An area code that begins with 0 and zeros behind it: as demonstrations write it.
    r"|(?<![\d-])0\d{2,3}-(?:\d{4}-)?\d{7,8}(?!\d)"
)
_LOCAL = re.compile(
    r"(?:电话|座机|固话|热线|致电|拨打|来电号码|号码|手机|传真|tel)[^\d\n。；;]{0,8}"
    r"(?P<it>[1-9]\d{2,3}[ -]?\d{4}|[1-9]\d{3}[ -]\d{3})"
    r"(?:[ ]?(?:[、/和,]|或者?)[ ]?(?P<more>[1-9]\d{2,3}-?\d{4}))?(?!\d)(?![ ]?[元户人])",
    re.IGNORECASE,
)
_BADGE = re.compile(rf"(?<![\dA-Za-z])\d{{6}}(?:{GAP}\d){{8,11}}(?:{GAP}[\dXx])?(?![\dA-Za-z])")
_HALF_BADGE = re.compile(rf"(?<!\d)[1-8]\d{{3,9}}{_MASKED}{{4,12}}[\dXx]{{2,4}}(?!\d)")
_CARD = re.compile(rf"(?<!\d)[3-6]\d{{3}}(?:{GAP}\d){{12,15}}(?!\d)")
_CARD_LABEL = re.compile(
    r"(?:卡号|[银商工农中建交][行商]卡|信用社?卡|储蓄卡|账号|帐号|账户|一卡通|存折)[^\d\n。]{0,8}"
    r"(?P<it>\d(?:[ -]?\d){11,21})"
)
# The number of a paper that is one person's own.
_PAPER = re.compile(
    r"(?:护照|通行证|军官证|士兵证|退役证|驾驶证|驾照|残疾人?证|社保卡|社会保障卡|医保卡)"
    r"(?:号码?|编号)?[:为是 ]{0,3}(?P<it>[A-Za-z]{0,2}\d[\dXx]{5,19})(?![\dA-Za-z])"
)
_SIGN = "[A-HJ-NP-Za-hj-np-z0-9]"
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ]?"
    rf"[A-HJ-Za-hj-z][ .·•-]{{0,2}}(?=[A-Za-z]{{0,4}}\d){_SIGN}{{4}}"
    rf"(?:{_SIGN}{{1,2}}|[挂学警港澳])(?![A-Za-z0-9])"
)
# Without its province, as people of one place say it.
_PLATE_LABEL = re.compile(
    r"(?:车牌|车号)(?:号码?)?[:为是 ]{0,3}"
    rf"(?P<it>[A-HJ-Za-hj-z][ .·•-]?(?=[A-Za-z]{{0,4}}\d){_SIGN}{{5,6}})(?![A-Za-z0-9])"
)
_MAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,60}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_ACCOUNT = re.compile(
    r"(?:微信(?!公众|群|小程序|支付)|威信|薇信|(?<![A-Za-z])(?:vx|wx|wechat|qq)(?!群)|扣扣|抖音|快手)(?:号码?|账号|ID)?"
    r"(?:[ ]?(?:同号|是|为|加|搜|[:=]))*[ ]?(?P<it>[A-Za-z0-9][A-Za-z0-9_-]{4,19})(?![\w@])",
    re.IGNORECASE | re.ASCII,
)


def numbers(plain: str) -> Iterator[Span]:
    """Yield where a number stands by which somebody can be reached or identified."""
    public = [found.span() for found in _PUBLIC.finditer(plain)]
    for pattern, is_one in _PATTERNS:
        for found in pattern.finditer(plain):
            for group in found.groupdict() or [0]:
                span = found.span(group)
                free = all(span[1] <= start or span[0] >= end for start, end in public)
                if span[1] > span[0] and is_one(found[group], plain, span) and free:
                    yield span


def fits_checksum(badge: str) -> bool:
    """Say whether the last of 18 characters is the one that an identity number must have."""
    total = sum(int(digit) * weight for digit, weight in zip(badge[:17], _WEIGHTS, strict=True))
    return badge[17].upper() == _CHECK[total % 11]


def fits_luhn(digits: str) -> bool:
    """Say whether the last digit is the one that a bank card must have."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _is_badge(found: str, plain: str, span: Span) -> bool:
    """Say whether it is an identity number: province and birthday, and the checksum or a label."""
    digits = re.sub(r"[ .-]", "", found)
    born = digits[6:14] if len(digits) == NEW_BADGE else f"19{digits[6:12]}"
    if len(digits) not in (OLD_BADGE, NEW_BADGE) or not _PROVINCES.match(digits):
        return False
    if not _is_day(born):
        return False
    before = plain[max(0, span[0] - LABEL_REACH) : span[0]]
    return len(digits) == OLD_BADGE or "证" in before or fits_checksum(digits)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).year >= FIRST_YEAR
    except ValueError:
        return False


def _is_card(found: str, _plain: str, _span: Span) -> bool:
    return fits_luhn(re.sub(r"\D", "", found))


def _always(_found: str, _plain: str, _span: Span) -> bool:
    return True


def _is_account(found: str, _plain: str, _span: Span) -> bool:
    """A word is no account: one has a digit or an underline in it, or is long."""
    return bool(re.search(r"[\d_-]", found)) or len(found) > LABEL_REACH


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[str, str, Span], bool]], ...] = (
    (_MAIL, _always),
    (_PLATE, _always),
    (_PLATE_LABEL, _always),
    (_BADGE, _is_badge),
    (_HALF_BADGE, _always),
    (_CARD, _is_card),
    (_CARD_LABEL, _always),
    (_PAPER, _always),
    (_MOBILE, _always),
    (_LANDLINE, _always),
    (_LOCAL, _always),
    (_ACCOUNT, _is_account),
)
