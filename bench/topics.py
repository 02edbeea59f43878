"""Group very many made-up messages of one area, and print how long it takes and how much memory.

    PYTHONPATH=. .venv/bin/python bench/topics.py [--posts 1000000] [--topics 3000] [--coldest 1]

One process does all of it. Among messages that have nothing to do with each other there are
topics: many people about one thing in one place. What is printed says how many of them were found.
With --coldest 1 only what is as hot as a site wants it is named; then old ones are not found.
"""

import argparse
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from tempfile import TemporaryFile
from typing import NamedTuple

from daodi.lib.topics.finding import Topic, find_topics
from daodi.lib.topics.runs import AT_ONCE, Pile, Post, counted

LAST = date(2026, 6, 30)
DAYS = 180
PER_TOPIC = (3, 40)  # people who write of one thing
LASTS = 30  # days
PLACES = 40_000
FOUND = 0.6  # of a topic's people must stand in one group
SYLLABLES = (
    "清河翠湖锦绣滨江丽景汇金龙泉凤凰紫荆东方绿地和谐阳光盛世天润梧桐银杏枫林海棠玉兰春晓秋水长"
    "安永宁新华建业文昌"
)
ENDS = (
    "小区", "花园", "家园", "社区", "公寓", "广场", "新村", "路", "大道", "小学",
    "市场", "公园",
)  # fmt: skip
OBJECTS = (
    "路灯", "下水道", "搅拌站", "停车位", "垃圾箱", "电梯", "自来水", "暖气",
    "消防通道", "餐馆油烟", "农民工工资", "违章建筑", "道路", "公交线路", "物业费",
    "宅基地", "学区", "交房", "房产证", "流浪狗", "河道", "夜间施工", "低保", "行道树",
    "充电桩", "广场舞", "快递柜", "窨井盖", "高压线", "幼儿园", "医保", "燃气", "网络",
    "屋顶漏水", "外墙砖", "健身器材", "公共厕所", "小广告", "渣土车", "红绿灯",
)  # fmt: skip
TROUBLES = (
    "坏了没人修", "扰民严重", "收费太高", "长期堵塞", "不合理", "迟迟不办", "无人清理",
    "有安全隐患", "拖欠", "被占用", "噪音太大", "频繁故障", "臭味难闻", "质量太差",
    "手续太慢", "位置不对", "没有公示", "太少", "停了一周", "反复出现", "管理混乱",
    "不让使用", "损坏", "没有通知",
)  # fmt: skip
LETTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下"
    "过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都"
    "两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重"
    "新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建"
)


class Theme(NamedTuple):
    """What several people write about: from a post on, every so many posts, in one place."""

    place: str
    thing: str
    first: int
    people: int
    step: int


class County:
    """Made-up messages, each made anew from its number whenever it is wanted."""

    def __init__(self, posts: int, topics: int) -> None:
        rng = Random(1)
        self.posts = posts
        self.places = [_place(rng) for _number in range(PLACES)]
        self.themes = [self._theme(rng) for _number in range(topics)]
        self._theme_of = {
            theme.first + number * theme.step: theme
            for theme in self.themes
            for number in range(theme.people)
        }

    def _theme(self, rng: Random) -> Theme:
        people = rng.randint(*PER_TOPIC)
        step = max(1, self.posts * LASTS // DAYS // people)
        first = rng.randrange(max(1, self.posts - people * step))
        return Theme(_place(rng) + "区", _thing(rng), first, people, step)

    def post(self, number: int) -> Post:
        rng = Random(number)
        theme = self._theme_of.get(number)
        place = theme.place if theme else rng.choice(self.places)
        thing = theme.thing if theme else _thing(rng)
        title = rng.choice(("{}{}", "反映{}{}", "{}{}，请处理", "投诉{}附近{}")).format(
            place, thing
        )
        text = f"{_words(rng, 60)}，{place}{thing}，{_words(rng, 25)}。{thing}{_words(rng, 60)}。"
        day = LAST - timedelta(days=DAYS - DAYS * number // self.posts)
        return Post(str(number), str(number), day, title, text)

    def parts(self) -> Iterator[list[Post]]:
        for start in range(0, self.posts, AT_ONCE):
            yield [self.post(number) for number in range(start, min(start + AT_ONCE, self.posts))]

    def read(self, posts: Sequence[Post]) -> list[Post]:
        """Bring the words, as a site reads them from its database."""
        return [self.post(int(post.key)) for post in posts]

    def found_in(self, topics: list[Topic]) -> float:
        """Return the share of the themes of which most people stand together in one group."""
        group_of = {post.key: at for at, topic in enumerate(topics) for post in topic.posts}
        return sum(self._is_found(theme, group_of) for theme in self.themes) / len(self.themes)

    def _is_found(self, theme: Theme, group_of: dict[str, int]) -> bool:
        keys = (str(theme.first + number * theme.step) for number in range(theme.people))
        there = [group_of[key] for key in keys if key in group_of]
        return bool(there) and max(map(there.count, set(there))) >= FOUND * theme.people


@cache
def _sentences() -> list[str]:
    rng = Random(2)
    return ["".join(rng.choices(LETTERS, k=rng.randint(5, 15))) for _number in range(200_000)]


def _words(rng: Random, least: int) -> str:
    """Return words that nobody means, at least so many characters of them."""
    said = ""
    while len(said) < least:
        said += rng.choice(_sentences())
    return said


def _thing(rng: Random) -> str:
    return rng.choice(OBJECTS) + rng.choice(TROUBLES)


def _place(rng: Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) + rng.choice(ENDS)


def main() -> None:
    asked = _asked()
    report(asked.posts, asked.topics, asked.coldest)


def report(count: int, topics: int, coldest: float = 0.0) -> None:
    """Make so many messages, group them, and print what it took."""
    county = County(count, topics)
    posts: list[Post] = []
    made = 0.0
    with TemporaryFile() as file:
        pile = Pile(file)
        for part in county.parts():
            made -= time.process_time()
            pile.add(counted(part))
            made += time.process_time()
            posts += [post._replace(title="", text="") for post in part]
        print(f"{len(posts):,} messages: counted in {made:.0f} s", flush=True)
        begun = time.process_time()
        found = find_topics(posts, pile, LAST, coldest=coldest, read=county.read)
    spent = time.process_time() - begun
    print(f"grouped and named in {spent:.0f} s: {len(found):,} topics", flush=True)
    print(f"of {topics:,} topics that were put in, {county.found_in(found):.1%} found")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"all in {made + spent:.0f} s of processor time, {memory:.2f} GB at the most")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--topics", type=int, default=3000)
    parser.add_argument("--coldest", type=float, default=0.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
