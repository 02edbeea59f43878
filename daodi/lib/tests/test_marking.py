"""What was found is marked where it stands, and nothing of the text is lost."""

from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.marking import Part, marked, snippet


def test_hits_are_marked_as_they_were_written() -> None:
    assert marked("东门ＬＥＤ路灯", ["led", "灯"]) == [
        Part("东门"), Part("ＬＥＤ", is_hit=True), Part("路"), Part("灯", is_hit=True)
    ]  # fmt: skip


def test_a_character_that_folds_to_two_is_marked_whole() -> None:
    assert marked("约20㎡", ["m2"]) == [Part("约20"), Part("㎡", is_hit=True)]


def test_a_snippet_is_the_stretch_around_the_first_hit() -> None:
    text = "前" * 50 + "路灯\n坏了" + "后" * 50
    parts = snippet(text, ["坏了"], around=12)
    assert "".join(part.text for part in parts) == "…前路灯 坏了" + "后" * 6 + "…"
    assert [part.text for part in parts if part.is_hit] == ["坏了"]
    assert snippet("路灯坏了", ["坏了"]) == [Part("路灯"), Part("坏了", is_hit=True)]
    assert snippet("路灯坏了", ["井盖"]) == []


@given(st.text(max_size=80), st.lists(st.text(max_size=5)))
def test_nothing_is_lost(text, words) -> None:
    assert "".join(part.text for part in marked(text, words)) == text
