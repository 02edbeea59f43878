"""The front door: house, staircase, flat and door number. Estate, street and village stay."""

import re
from collections.abc import Iterator

from daodi.lib.masking.shadow import Span

OFFICE_REACH, LIES_AT_REACH = 14, 20
_N = r"(?:\d{1,4}|[A-Za-z]\d{0,3}|[一二三四五六七八九十]{1,3})"
_DOOR = r"(?:\d{3,4}|[A-Za-z]\d{2,4}|[一二三四五六七八九][零〇][一二三四五六七八九])"
_BLOCK = rf"(?:{_N}[ ]?(?:号[ ]?楼|[#井][ ]?楼?|号?[栋幢座](?![楼房]?[，,共都多])))"
_STAIRS = rf"(?:(?<![第每几各]){_N}[ ]?单元)"
_FLOOR = rf"(?:{_N}[ ]?(?:楼|层(?=[ ]?[\d东西南北中])))"
_FLAT = rf"(?:{_DOOR}(?:[ ]?(?:室|号房?|房|户)(?![间]))|[东西南北中]{{1,2}}户)"
_NEXT = r"[ ,，、的-]?[ ]?"
_FRONT_DOOR = rf"(?:{_FLAT}|{_DOOR}(?![\d年月元米平户]))"
# A chain of two parts and more, or one part that can be nothing else.
_CHAIN = re.compile(
    rf"(?<![\dA-Za-z第])(?:"
    rf"{_BLOCK}{_NEXT}(?:{_STAIRS}{_NEXT})?(?:{_FLOOR}{_NEXT})?{_FRONT_DOOR}"
    rf"|{_BLOCK}{_NEXT}{_STAIRS}(?:{_NEXT}{_FLOOR})?"
    rf"|{_BLOCK}{_NEXT}{_FLOOR}"
    rf"|{_STAIRS}{_NEXT}(?:{_FLOOR}{_NEXT})?{_FRONT_DOOR}"
    rf"|{_STAIRS}(?:{_NEXT}{_FLOOR})?"
    rf"|{_FLOOR}{_NEXT}{_FLAT}"
    r"|(?P<floor>\d{1,2})楼[ ]?(?P=floor)\d\d(?!\d)"
    rf"|(?:\d{{1,4}}[ ]?|[一二三四五六七八九十]{{1,3}})号[ ]?楼(?![盘市])|\d{{1,3}}#楼?(?!线)"
    rf"|{_DOOR}室"
    rf")"
)
_ESTATE_ENDS = "区苑园院府城湾居庭邸郡里家庄寓期"
# 3-2-501 behind an estate, or behind where somebody lives; not 200-400元.
_DASHED = re.compile(
    rf"(?:(?<=[{_ESTATE_ENDS}楼栋幢住址])|(?<=住在))[A-Za-z]?\d{{1,3}}-(?:\d{{1,2}}-)?\d{{3,4}}"
    r"(?![\d-]|[ ]?[元平米㎡万户人个年天])(?:[ ]?[室房户号])?"
)
# 12栋 behind an estate; how many blocks there are stands behind other words.
_BLOCK_ALONE = re.compile(
    rf"(?<=[{_ESTATE_ENDS}])(?P<it>{_N}[ ]?(?:号?[栋幢座]))(?![楼房]?[,共都多])"
)
# What stands at a street number is for everybody to find when it is a shop or an estate.
_HOUSES = (
    "新村|佳园|家园|国际|酒店|饭店|药房|"
    "店|馆|公司|厂|局|超市|中心|院|学校|银行|大厅|大厦|广场|商场|商铺|门面|宾馆|小区|花园|嘉园|雅居|苑|城|府|公寓|"
    "宿舍|幼儿园|工地|市场|KTV|网吧"
)
_STREET = re.compile(
    r"(?<=[路街巷道弄同村庄组])(?P<it>(?:门牌)?(?:\d{1,4}(?:-\d{1,3})?|[一二三四五六七八九十百]{1,6})号(?:附\d{1,3}号?)?)"
    r"(?![楼线院文桥井泵台站路]|门(?![口前面])|地块"
    rf"|[^,。;、!?\n ]{{0,10}}(?:{_HOUSES}))"
    r"|门牌号?(?:码)?[是为: ]{0,2}(?P<door>\d{1,4}(?:-\d{1,4})?)号?"
    r"|(?<![\d第])(?P<plate>\d{1,4}号)门牌"
)
# An address that is told so that one finds there.
_LIES_AT = re.compile(
    r"(?<![家子屋宅房址处住我人])(?:位于|地处|设在|办公地[点址])[^,。;!?\n家住]{0,16}$"
)
# Rooms of an office are for everybody to find.
_OFFICE = re.compile(
    r"(?:局|委|办|政府|大厅|中心|法院|检察院|派出所|委会|站|机关|医院|学校|大学|中学|小学|大厦|写字楼|办公楼|"
    r"办公室|服务点|窗口)[^,。;\n小苑园城岸家]{0,4}$"
)


def homes(plain: str) -> Iterator[Span]:
    """Yield where it is said at which door somebody lives."""
    for found in _CHAIN.finditer(plain):
        if not _OFFICE.search(plain[max(0, found.start() - OFFICE_REACH) : found.start()]):
            yield found.span()
    for pattern in (_DASHED, _BLOCK_ALONE, _STREET):
        for found in pattern.finditer(plain):
            before = plain[max(0, found.start() - LIES_AT_REACH) : found.start()]
            is_public = pattern is _STREET and _LIES_AT.search(before)
            if not is_public and not _OFFICE.search(before[-OFFICE_REACH:]):
                group = next((name for name, value in found.groupdict().items() if value), 0)
                yield found.span(group)
