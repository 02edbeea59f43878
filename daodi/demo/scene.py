"""The values that stay the same within one request: the place, its surroundings and the times."""

from random import Random

from daodi.core.people.places import TOWN_DIGITS
from daodi.demo.people import phone
from daodi.demo.places import Place, streets, towns

# Ways of saying since when, how long, when, and how long today.
SINCE = (
    "最近",
    "近来",
    "这些天",
    "这阵子",
    "从上个月开始",
    "从上周起",
    "半个月前开始",
    "前一阵子起",
)
DAYS = (
    "三四天",
    "一个星期",
    "十来天",
    "半个月",
    "快一个月",
    "一个多月",
    "两个多月",
    "小半年",
)
WHEN = (
    "昨天下午",
    "昨天晚上",
    "前天",
    "前天中午",
    "上周五",
    "上周末",
    "前几天",
    "前两天早上",
    "这个月初",
    "上星期三",
)
SHORT = ("一上午", "大半天", "三四个钟头", "五六个小时", "两个多小时", "一整夜")


def make_scene(rng: Random, place: Place) -> dict[str, str]:
    """Draw the values for one request at this place."""
    city = streets()["communities"]
    near = city.get(place.code) or city[rng.choice(list(city))]
    own = place.code[:TOWN_DIGITS]
    town = own if own in towns() else rng.choice(list(towns()))
    return {
        "place": place.name,
        "address": place.address,
        "road": near["roads"][0],
        "cross": near["roads"][1],
        "estate": rng.choice(near["estates"]),
        "town": towns()[town].name,
        "area": towns()[town].name if town == own else "县城",
        "line": rng.choice(streets()["lines"]),
        "bld": f"{rng.randint(1, 19)}号楼",
        "phone": phone(rng),
        "since": rng.choice(SINCE),
        "days": rng.choice(DAYS),
        "when": rng.choice(WHEN),
        "short": rng.choice(SHORT),
        **_named_places(rng, place),
    }


def _named_places(rng: Random, place: Place) -> dict[str, str]:
    """Name a shop, a firm, a site, a hospital and a school: the place itself where it is one."""
    known = streets()
    trade = rng.choice(known["shop_trades"]["any"])
    found = {
        "shop": rng.choice(known["shop_names"]) + trade,
        "firm": rng.choice(known["firms"]),
        "site": rng.choice(list(known["sites"])),
        "hospital": rng.choice(list(known["hospitals"])),
        "school": _near_school(rng, place),
    }
    own = "shop" if place.kind == "train" else place.kind
    return {**found, own: place.name} if own in found else found


def _near_school(rng: Random, place: Place) -> str:
    """A village's children go to the school of their own town."""
    town = towns().get(place.code[:TOWN_DIGITS])
    if town is None:
        return str(rng.choice(list(streets()["schools"])))
    return f"{town.name}{rng.choice(streets()['town_schools'])}"
