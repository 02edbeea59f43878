"""Hot topics: distinct people about one thing in one place."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.together import spread
from daodi.lib.topics.finding import Topic, find_topics, joined, same_said
from daodi.lib.topics.heat import curve, heat, peak
from daodi.lib.topics.vectors import Counts, Post, counted

DAY = date(2024, 6, 3)
MIXER = (
    "清河新城小区附近搅拌站噪音粉尘扰民",
    "投诉清河新城旁建搅拌站，粉尘大",
    "清河新城搅拌站夜里噪音太大",
)
PARKING = "锦绣家园捆绑销售车位", "投诉锦绣家园车位捆绑销售", "锦绣家园开发商强制捆绑车位"
LAMP = "清河新城小区路灯不亮", "清河新城路灯全坏了", "清河新城的路灯晚上不亮"


def posts(*texts: str, who: str = "p", day: date = DAY, likes: int = 0) -> list[Post]:
    return [
        Post(f"{who}{n}", f"{who}{n}", day + timedelta(days=n), text, f"{text}，请处理", likes)
        for n, text in enumerate(texts)
    ]


def others() -> list[Post]:
    """Thirty matters that have nothing in common."""
    return posts(*("".join(chr(0x4E00 + (31 * n + 977 * k) % 9000) for k in range(9))
                   for n in range(30)), who="o")  # fmt: skip


def topics(found: list[Post], on: date = DAY + timedelta(days=9)) -> list[Topic]:
    return find_topics(found, counted(found), on)


def test_one_thing_in_one_place_is_a_topic_with_a_name() -> None:
    found = topics([*posts(*MIXER, who="a"), *posts(*PARKING, who="b"), *others()])
    named = {one.place: one for one in found}
    assert {place: one.people for place, one in named.items()} == {"清河新城": 3, "锦绣家园": 3}
    assert "搅拌站" in named["清河新城"].thing
    assert "车位" in named["锦绣家园"].thing


def test_two_things_in_one_place_are_two_topics() -> None:
    found = topics([*posts(*MIXER, who="a"), *posts(*LAMP, who="c"), *others()])
    keys = sorted(sorted(post.key[0] for post in one.posts) for one in found)
    assert keys == [["a"] * 3, ["c"] * 3]


def test_groups_that_would_bear_one_name_are_one() -> None:
    one, other = posts("锦绣家园捆绑销售车位"), posts("锦绣家园捆绑车位销售", who="q")
    assert same_said([one, other, posts(LAMP[0])]) == [[*one, *other], posts(LAMP[0])]


def test_one_loud_person_is_no_topic() -> None:
    loud = [post._replace(person="a0") for post in posts(*MIXER * 9, who="a", likes=999)]
    assert topics([*loud, *others()]) == []


def test_what_was_counted_piece_by_piece_gives_the_same() -> None:
    found = [*posts(*MIXER, who="a"), *posts(*PARKING, who="b"), *others()]
    parts = [found[start : start + 7] for start in range(0, len(found), 7)]
    counts = joined(list(spread(counted, parts)))
    assert isinstance(counts, Counts)
    assert find_topics(found, counts, DAY) == find_topics(found, counted(found), DAY)


def test_nothing_has_no_topics() -> None:
    assert topics([]) == []


def test_the_handled_share_is_that_of_its_posts() -> None:
    done = posts(*MIXER, who="a")
    done[0] = done[0]._replace(is_done=True)
    (topic,) = topics([*done, *others()])
    assert round(topic.done, 2) == 0.33


def test_likes_are_capped_and_time_fades() -> None:
    few, many = posts("路灯坏了", likes=10), posts("路灯坏了", likes=2097)
    assert heat(few, DAY) == heat(many, DAY) == 1.5
    assert heat(posts("路灯坏了"), DAY + timedelta(days=30)) == 0.5
    assert heat(posts("路灯坏了"), DAY - timedelta(days=1)) == 0


def test_the_curve_counts_each_person_in_their_first_week() -> None:
    twice = [*posts("a", "b"), *posts("a", day=DAY + timedelta(weeks=2))]
    assert curve(twice) == [(DAY, 2)]
    late = [*posts("a"), *posts("b", who="q", day=DAY + timedelta(weeks=2))]
    assert [count for _week, count in curve(late)] == [1, 0, 1]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 90), st.integers(0, 50)), min_size=1))
def test_heat_never_passes_what_its_people_can_count(given: list[tuple[int, int, int]]) -> None:
    found = [
        Post(str(n), str(person), DAY + timedelta(days=after), "t", "t", likes)
        for n, (person, after, likes) in enumerate(given)
    ]
    people = {post.person for post in found}
    top, on = peak(found)
    assert 0 < top <= 1.5 * len(people)
    assert heat([*found, *found], on) == top
    assert sum(count for _week, count in curve(found)) == len(people)
