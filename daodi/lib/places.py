"""Find the places that a text names: areas, villages, roads, estates, schools, shops.

It goes by how Chinese places are called: what they end in, and what stands before a name. A name
nobody has heard of is found as well as a known one; whether it is one, and where it lies, is for
whoever knows the place (`daodi.core.gazetteer`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

LONGEST, SHORTEST = 9, 2  # characters of a name without what it ends in


class Sort(StrEnum):
    """What a place is, the largest first."""

    AREA = "area"
    TOWN = "town"
    VILLAGE = "village"
    ROAD = "road"
    ESTATE = "estate"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text, and where the name stands."""

    name: str
    sort: Sort
    start: int
    end: int


_TOWNS = r"街道办事处|街道办|街道|镇|(?<![城家])乡"
_VILLAGES = r"社区|(?<![农乡新本全行])村(?![民委干里支镇里])"
_ROADS = (
    r"大道|大街|国道|省道|立交桥|大桥"
    r"|(?<![道马铁公修一网出问思套电线走])路(?![口灯面段过边由况政线费基])"
    r"|(?<!大)巷|(?<![一条步行大])街(?![道区上])"
)
_ESTATES = (
    r"小区|花园|家园|嘉园|公馆|新城|新村|新区|[国商][际贸]城|华庭|山庄|广场|大厦|公寓|雅苑"
    r"|[^\W\d_]苑"
    r"|华府|名府|首府|水岸|豪庭|名邸|名都|[一二三四五六]号院|家属院|宿舍|安置区|开发区"
    r"|[^\W\d_]之城|花城|香郡"
    r"|[湾湖河滩江](?![南西北畔苑院岸花家小社路大公新国一二三道长制边])|国际(?![化金消会商贸城社])"
)
_SITES = (
    r"幼儿园|小学|中学|一中|二中|三中|学院|大学|医院|农贸市场|市场|超市|公园|酒店|酒吧|水库"
    r"|地铁站|火车站"
    r"|工地|服务大厅|汽车站|高铁站|搅拌站|加油站|变电站|垃圾站|工业园|产业园|科技园|KTV|网吧"
    r"|药店|驾校|书店|饭店|商店|宾馆|卫生院|卫生室|养殖场|养猪场|批发城|商场"
)
_AREAS = (
    r"[省市县旗](?![场民政长委府区级内里外]|[一二三四五]中)"
    r"|(?<![小社园校景片地辖山城市郊发住库矿林厂新置一二三四五六])区(?![域别间政委长县块里内])"
)
_SORTED = (_TOWNS, _VILLAGES, _ROADS, _ESTATES, _SITES, _AREAS)
_SORTS = (Sort.TOWN, Sort.VILLAGE, Sort.ROAD, Sort.ESTATE, Sort.SITE, Sort.AREA)
_END = re.compile(
    "|".join(f"(?P<{sort}>{ends})" for sort, ends in zip(_SORTS, _SORTED, strict=True))
)
# What stands before a name and is no part of it.
_BEFORE = re.compile(
    r"[^\w]|_|位于|坐落于?|座落于?|住在|家住|居住|来自|地处|关于|对于|针对|反映|反应|投诉|举报"
    r"|咨询|请问|请求|恳请|建议|希望|要求|求助|强烈|呼吁|"
    r"附近|旁边|旁|周边|对面|门口|里面|沿线|沿着|之间|中间|以及|或者|通往|通向|至|进入|前往"
    r"|到达|途经|经过|穿过|离开|回到|我们|你们|他们|我|你|您|"
    r"业主|居民|村民|市民|群众|开发商|物业|尊敬的?|领导|书记|市长|县长|区长|您好|你好"
    r"|[的在是了从到和与及把被让给向往对为由将有没不也都就还要去来说这那该本某各每几哪很太]|"
    r"县城|临|受|严重|影响|导致|配套|涉嫌|加快|提高|根据|预留|必经|存在|造成|欺诈"
    r"|(?<=[请于而据谓城会])(?=[A-Z]\d{0,2}$)|送孩子上|自称|请|"
    r"原|现|如|当|其|因|等|整个|个|条|所|多次|目前|现在|什么|怎么|为什么|为何|何时|是否|能否"
    r"|可以|应该|已经|一直|[\d一二三四五六七八九十]+(?:年|月|日|号|点|栋|期|单元|楼|组|元|米)"
)
_NOTHING = re.compile(
    r"^(?:[一二三四五六七八九十两几\d]+|新|老|旧|大|小|本|全|城|乡|城乡|农村|城市|居民|住宅"
    r"|商业|附近|周边|整个|隔壁|同|条|主|副|政|道|马|公|铁|网|修|"
    r"路|高速|市|县|区|省|街|村|镇|社|老旧|高档|封闭|大型|农贸|菜|大家|夜|超级|人民|人才|劳动力|房地产"
    r"|房产|民营|私立|公办|民办|普惠|重点|示范|省级|国家|乡村|"
    r"我们|这个|建|停车|文化|购物|经济|高新技术|高新|工业|步行|夜宵|道|水泥|柏油|乡间|交叉"
    r"|一条|通|走|堵|拦|安置|断头|快|必经之|中小|市属|普惠性|配套|小区配套|绕|拥|养老|职业"
    r"|专科|建筑|施工|改造|便民|政务|办事|乡镇|综合|人民|妇幼|公立|九年制)+$"
)
_AREA_STEM = re.compile(r"[A-Z]\d{0,2}|(?![A-Z])[^\W\d_]{2,6}")


def find(text: str) -> list[Place]:
    """Return the places named in a text, in its order; nothing overlaps."""
    return list(_found(text))


def names_in(text: str) -> list[str]:
    """Return the names of the places in a text that are smaller than an area, each once."""
    return list(dict.fromkeys(place.name for place in find(text) if place.sort is not Sort.AREA))


def without(text: str) -> str:
    """Return a text with a blank in place of each name of a place."""
    parts, done = [], 0
    for place in _found(text):
        parts.append(text[done : place.start])
        done = place.end
    return " ".join([*parts, text[done:]])


def _found(text: str) -> Iterator[Place]:
    done = 0
    for end in _END.finditer(text):
        start = _start(text, max(done, end.start() - LONGEST), end.start())
        stem = text[start : end.start()]
        sort = Sort(str(end.lastgroup))
        if _is_name(stem, end[0], sort):
            yield Place(text[start : end.end()], sort, start, end.end())
            done = end.end()


def _start(text: str, first: int, last: int) -> int:
    """Return where a name begins: behind the last word before it that is no part of it."""
    start = first
    for stop in _BEFORE.finditer(text, first, last):
        start = stop.end()
    return start


def _is_name(stem: str, end: str, sort: Sort) -> bool:
    if sort is Sort.AREA:
        return bool(_AREA_STEM.fullmatch(stem))
    whole = stem + end
    is_long = len(stem) >= SHORTEST - (len(end) > 1) and len(whole) > SHORTEST
    return is_long and not _NOTHING.match(stem)
