from daodi.core.knowledge.models import Entry
from daodi.core.knowledge.services import entries_like
from daodi.demo.load import load_county
from daodi.demo.shelf import fill
from daodi.lib.masking import find
from tests.makers import NOON


def test_the_county_has_answers_that_are_found(db) -> None:
    load_county()
    fill(NOON)
    questions = (
        "小区门口的路灯黑了好几天",
        "社保卡掉了在哪补",
        "住院费回来能报销吗",
        "暖气一点都不热",
    )
    found = [entries_like(text, Entry.objects.public())[0].unit.code for text in questions]
    assert found == ["SZZX", "SBZX", "YBJ", "GRGS"]
    assert [find(entry.question + entry.answer) for entry in Entry.objects.all()] == [[]] * 13
