import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.learning.texts import LONGEST, PARTS, Message, plain, runs, spell
from daodi.lib.learning.vectors import Vectors

TEXTS = st.text(alphabet="路灯不亮ab，0", max_size=12)


@given(TEXTS)
def test_every_run_can_be_spelt_again(text: str) -> None:
    found = [spell(code) for code in runs(text).tolist()]
    wanted = [
        text[start : start + length]
        for length in range(1, LONGEST + 1)
        for start in range(len(text) - length + 1)
    ]
    assert found == wanted


def test_what_looks_alike_is_compared_alike() -> None:
    assert plain("Ａ3 区\n１２路公交") == plain("a45区7路公交") == "a0区0路公交"
    assert plain("好\U0001f600的") == "好?的"


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=6))
def test_one_message_gets_the_row_it_would_get_among_many(pairs: list[tuple[str, str]]) -> None:
    messages = [Message(title, text) for title, text in pairs]
    vectors = Vectors.learn(messages, fewest=1)
    rows = vectors.matrix(messages)
    for number, message in enumerate(messages):
        places, values = vectors.vector(message)
        one = np.zeros(rows.shape[1], np.float32)
        one[places] = values
        assert np.allclose(one, rows[number].toarray()[0], atol=1e-5)
        filled = sum(
            part.weight
            for part, text in zip(PARTS, (message.text, message.title, message.text), strict=True)
            if text
        )
        assert abs(float((one * one).sum()) - filled) < 1e-4
