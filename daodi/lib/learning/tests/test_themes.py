import numpy as np
import pytest

from daodi.lib.learning import Message, Tree, train
from daodi.lib.learning.tests.makers import COMMON, WORDS, messages
from daodi.lib.learning.texts import THEME_PARTS, codes_in, plain, spell
from daodi.lib.learning.themes import LONGEST_WORD, themes_of_words

TEXT, TITLE = THEME_PARTS


def themes(message: Message, part=TEXT) -> list[str]:
    return [spell(code) for code in codes_in(message, part).tolist()]


def test_a_message_is_about_what_its_words_are_about() -> None:
    message = Message("地铁口的摊贩", "我得了肺结核，狂犬疫苗也没有")
    assert themes(message) == ["传染病", "疫苗"]
    assert themes(message, TITLE) == ["地铁轨道", "占道市容"]
    assert themes(Message("", "谢谢")) == []


def test_the_longest_word_counts_at_each_place() -> None:
    known = themes_of_words()
    assert {"疫苗", "狂犬疫苗", "乙肝", "乙肝疫苗"} <= set(known)
    assert themes(Message("", "乙肝疫苗")) == ["疫苗"]


def test_a_word_may_belong_to_several_themes() -> None:
    assert themes(Message("", "居住证")) == ["户籍证件"]
    assert themes(Message("", "短斤少两")) == ["液化气", "消费退款"]


def test_every_word_can_be_met_and_every_theme_told_from_the_others() -> None:
    known = themes_of_words()
    names = {theme for themes in known.values() for theme in themes}
    # A theme is kept as one code of four characters: a longer name would be another's.
    assert {len(name) for name in names} <= {2, 3, 4}
    assert [word for word in known if plain(word) != word] == []
    assert {len(word) for word in known} == set(range(2, LONGEST_WORD + 1))
    assert [word for word, themes in known.items() if len(set(themes)) < len(themes)] == []


@pytest.fixture(scope="module")
def model() -> Tree:
    texts, labels = messages(40)
    return train(texts, [(label,) for label in labels])


@pytest.mark.parametrize(
    ("said", "label"),
    [("急诊骨科，床位", "health"), ("站台站牌，投币", "roads"), ("奥数奥赛，寒假", "schools")],
)
def test_a_word_that_no_message_had_counts_like_its_neighbours(model, said, label) -> None:
    learnt = set("".join([*COMMON, *(word for words in WORDS.values() for word in words)]))
    assert not set(said) & learnt
    assert model.guess(Message(said, said), 1)[0].label == label


def test_messages_without_any_theme_are_learnt_by_their_runs() -> None:
    letters = np.array(list("甲乙丙丁戊己庚辛壬癸"))
    dice = np.random.default_rng(1)
    texts = [
        Message(name, name + "".join(dice.choice(letters, 9)))
        for _time in range(20)
        for name in ("天天", "地地")
    ]
    assert [themes(text) for text in texts] == [[]] * len(texts)
    model = train(texts, [(title,) for title, _text in texts])
    assert [model.guess(text, 1)[0].label for text in texts[:2]] == ["天天", "地地"]
