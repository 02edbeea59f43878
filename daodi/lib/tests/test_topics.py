"""Hot topics: distinct people about one thing in one place."""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.topics.finding import Topic, by_place, find_topics, same_said
from daodi.lib.topics.heat import curve, heat, peak
from daodi.lib.topics.runs import AT_ONCE, Pile, Post, counted
from daodi.lib.topics.vectors import weighed

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
    return find_topics(found, pile_of(found), on)


def pile_of(*parts: list[Post]) -> Pile:
    return Pile(BytesIO(), map(counted, parts))


def test_one_thing_in_one_place_is_a_topic_with_a_name() -> None:
    found = topics([*posts(*MIXER, who="a"), *posts(*PARKING, who="b"), *others()])
    named = {one.place: one for one in found}
    assert {place: one.people for place, one in named.items()} == {"清河新城": 3, "锦绣家园": 3}
    assert "搅拌站" in named["清河新城"].thing
    assert "车位" in named["锦绣家园"].thing


def test_a_figure_between_blanks_does_not_cut_the_name() -> None:
    (found,) = topics([*posts(*["村口到小学约 200 米没有路灯"] * 3, who="a"), *others()])
    assert found.name == "村口到小学约200米没有路灯"


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
    there = find_topics(found, pile_of(*parts), DAY)
    assert there == find_topics(found, pile_of(found), DAY) != []


def test_the_words_are_read_of_what_is_hot_alone() -> None:
    found = [*posts(*MIXER, who="a"), *posts(*PARKING, who="b", day=DAY - timedelta(days=99))]
    words = {post.key: post for post in found}
    asked: list[str] = []

    def read(group: Sequence[Post]) -> list[Post]:
        asked.extend(post.key for post in group)
        return [words[post.key] for post in group]

    slim = [post._replace(title="", text="") for post in [*found, *others()]]
    pile = pile_of(found, others())
    (topic,) = find_topics(slim, pile, DAY + timedelta(days=9), coldest=1.0, read=read)
    assert (topic.place, topic.people, asked) == ("清河新城", 3, ["a0", "a1", "a2"])


def test_who_names_another_place_speaks_of_that_one() -> None:
    here, there = posts(*MIXER), posts("锦绣家园旁的搅拌站", "锦绣家园搅拌站", who="q")
    nowhere = posts("搅拌站太吵", who="n")
    assert by_place([*here, *there, *nowhere]) == [[*here, *nowhere], there]


def test_a_place_with_words_before_it_or_written_in_two_ways_is_one() -> None:
    group = posts("投诉严查清河新城搅拌站", "清河新城搅拌站太吵", "清河小区搅拌站")
    assert by_place(group) == [group]


@given(st.lists(st.text("清河新城搅拌站太吵 ，ab", max_size=12), max_size=30), st.integers(1, 9))
def test_a_pile_gives_back_what_was_put_in(texts: list[str], size: int) -> None:
    found = posts(*texts) if texts else []
    parts = [found[start : start + size] for start in range(0, len(found), size)]
    (whole,) = [*pile_of(found).blocks()] or [counted([])]
    (pieces,) = [*pile_of(*parts).blocks()] or [counted([])]
    assert [a.tolist() for a in whole] == [b.tolist() for b in pieces]
    assert len(pile_of(*parts)) == len(texts) <= AT_ONCE


def test_each_vector_has_length_one_and_what_is_no_thing_has_none() -> None:
    found = [*posts(*MIXER), *posts("清河新城", "清河新城小区")]
    whole, things = (weighed(pile_of(found), names=names) for names in (True, False))
    assert [round(float(row.multiply(row).sum()), 4) for row in whole] == [1] * 5
    assert things[3].nnz < whole[3].nnz


def test_what_has_no_words_any_more_is_in_no_topic() -> None:
    found = [*posts(*MIXER, who="a"), *others()]
    assert find_topics(found, pile_of(found), DAY, read=lambda _group: []) == []


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
