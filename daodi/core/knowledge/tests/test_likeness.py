from daodi.core.knowledge.likeness import pairs_of, ranked

LAMP = (1, pairs_of("小区路灯不亮找谁修"))
SOCKS = (2, pairs_of("社保卡丢了怎么补办"))
WATER = (3, pairs_of("停水多久能恢复"))


def test_pairs_overlap_and_latin_words_stay_whole() -> None:
    assert pairs_of("社保卡 ＡＢ12！卡") == ["社保", "保卡", "ab12"]


def test_what_shares_most_that_is_rare_comes_first() -> None:
    asked = pairs_of("我们这边的路灯坏了一个月，晚上小区里黑得很")
    assert ranked(asked, [LAMP, SOCKS, WATER]) == [1]
    assert ranked(pairs_of("社保卡丢失补办要多久"), [LAMP, SOCKS, WATER]) == [2]


def test_nothing_is_like_a_text_that_shares_nothing() -> None:
    assert ranked(pairs_of("天然气什么时候通"), [LAMP, SOCKS, WATER]) == []
    assert ranked([], [LAMP]) == []
