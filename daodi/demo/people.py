"""Made-up people: nobody is called like this, and no telephone rings under their numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from zlib import crc32

from daodi.demo.county import UnitRow, county

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻"
    "柏水窦章云苏潘葛奚范彭郎鲁韦马苗方俞任袁柳"
)
# Staff are named by a heavenly stem and a number, residents by an earthly branch and a number.
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
NUMBERS = "一二三四五六七八九十"

# By kind of unit: each person's powers, one line a person.
POSTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "government": (("leader",), ("leader",), ("manager",)),
    "department": (("leader",), ("handler",), ("handler",), ("editor", "handler")),
    "centre": (("leader",), ("handler",), ("handler", "editor")),
    "office": (("leader",), ("handler",), ("handler", "editor")),
    "institution": (("leader",), ("handler",), ("handler",)),
    "utility": (("leader",), ("handler",), ("handler",), ("handler", "editor")),
    "section": (("handler",),),
    "town": (
        ("leader",),
        ("operator", "handler"),
        ("handler",),
        ("supervisor",),
        ("inspector",),
        ("editor",),
    ),
    "community": (("handler",),),
    "village": (("handler",),),
}
# Units whose work is the ledger itself.
OWN_POSTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "RXZX": (
        (("leader",), ("manager", "editor"), ("supervisor",), ("editor", "handler"))
        + (("operator",),) * 12
        + (("caller",),) * 6
    ),
    "DCS": (("leader", "supervisor"), ("editor",), ("handler",)) + (("supervisor",),) * 4,
    "XCB": (("leader",), ("editor",), ("editor",), ("handler",)) + (("inspector",),) * 4,
    "CGJ": (("leader",), ("handler",), ("handler", "editor"), ("inspector",), ("inspector",)),
}


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff of the demo county."""

    name: str
    username: str
    unit_code: str
    roles: tuple[str, ...]
    phone: str


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who asks."""

    name: str
    phone: str


def phone(rng: Random) -> str:
    """Return a number of the section 154, which no operator has been given."""
    return f"1540000{rng.randrange(10_000):04d}"


def office_phone(unit: UnitRow) -> str:
    """Return the unit's landline: no local number begins with 0."""
    return f"0371-0000{crc32(unit.code.encode()) % 10_000:04d}"


def staff_name(rng: Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(STEMS) + rng.choice(NUMBERS)


def resident(rng: Random) -> Resident:
    """Return a resident with a name that nobody bears."""
    name = rng.choice(SURNAMES) + rng.choice(BRANCHES) + rng.choice(NUMBERS)
    return Resident(name, phone(rng))


def staff(rng: Random) -> Iterator[Person]:
    """Return the members of every unit, in the order of the units."""
    names = [s + stem + number for s in SURNAMES for stem in STEMS for number in NUMBERS]
    rng.shuffle(names)
    for unit in county().units:
        for place, roles in enumerate(OWN_POSTS.get(unit.code) or POSTS[unit.kind], start=1):
            username = f"{unit.code.lower()}-{place:02d}"
            yield Person(names.pop(), username, unit.code, roles, phone(rng))
