"""Texts that are used again: whose they are, for what, and what stands in their places."""

import pytest
from django.utils.translation import override

from daodi.core.exceptions import NotYours, Refused
from daodi.core.people.roles import Role
from daodi.core.wording.models import AnswerTemplate
from daodi.core.wording.services import (
    CHINESE,
    PLACES,
    fill,
    places,
    remove_template,
    save_template,
)
from tests.makers import make_category, make_ledger, make_member, make_unit


def make_template(by, name="Lamps", scope="own", **fields) -> AnswerTemplate:
    given = {"text": "We mend it.", "move": "answer", **fields}
    return save_template(AnswerTemplate(name=name, scope=scope, **given), by=by)


def test_places_are_filled_from_the_matter(course) -> None:
    matter = course().dispatched().matter
    text = "{resident}: {number}, {title}, {category} goes to {unit}, by {due}. {place}{nobody}"
    assert fill(text, matter) == (
        f"Dear resident: {matter.number}, The street lamp is broken., Street lights "
        "goes to Bureau, by 2026-03-09. {place}{nobody}"
    )


def test_places_have_chinese_names_too(course, operator) -> None:
    matter = course().dispatched().matter
    assert fill("{编号}：{标题}，{主办单位}，{期限}前，{天气}", matter) == (
        f"{matter.number}：The street lamp is broken.，Bureau，2026-03-09前，{{天气}}"
    )
    assert make_template(operator, text="{称呼}：您好").pk
    with pytest.raises(Refused, match="天气"):
        make_template(operator, text="{天气}{编号}")
    with override("zh-hans"):
        assert list(places())[:2] == ["编号", "标题"]
    assert list(places())[:2] == ["number", "title"]
    assert set(CHINESE.values()) == set(PLACES)


def test_the_unit_is_the_one_that_is_chosen_now(matter) -> None:
    assert fill("{unit} mends it.", matter) == "{unit} mends it."
    assert fill("{unit} mends it.", matter, make_unit("water")) == "Water mends it."


def test_nothing_but_the_places_is_looked_at(matter) -> None:
    text = "{matter.salt} {0} {{number}} {number!r} %(number)s {% now %}"
    assert fill(text, matter) == text.replace("{{number}}", f"{{{matter.number}}}")


def test_who_may_use_it(operator, handler, manager) -> None:
    colleague = make_member("colleague", Role.OPERATOR, unit="centre")
    below = make_member("below", Role.OPERATOR, unit="hall", parent="centre")
    make_template(operator, "mine")
    make_template(operator, "ours", "unit")
    make_template(manager, "everybody's", "site")
    usable = {
        str(member): {str(each) for each in AnswerTemplate.objects.usable_by(member)}
        for member in (operator, colleague, below, handler)
    }
    assert usable == {
        "Operator": {"mine", "ours", "everybody's"},
        "Colleague": {"ours", "everybody's"},
        "Below": {"ours", "everybody's"},
        "Handler": {"everybody's"},
    }


def test_it_fits_its_ledger_and_category(course, operator) -> None:
    matter = course().listed().matter
    other = make_ledger("other", prefix="O")
    make_template(operator, "any")
    make_template(operator, "ledger", ledger=matter.ledger)
    make_template(operator, "category", ledger=matter.ledger, category=matter.category)
    make_template(operator, "elsewhere", ledger=other)
    drains = make_category(matter.ledger, "CX02", "Drains")
    make_template(operator, "drains", ledger=matter.ledger, category=drains)
    fitting = AnswerTemplate.objects.fitting(matter).for_list()
    assert [str(each) for each in fitting] == ["any", "category", "ledger"]


def test_its_owner_and_a_manager_change_it(operator, manager, handler) -> None:
    template = make_template(operator, scope="unit")
    template.text = "We mend it soon."
    for who in (operator, manager):
        assert save_template(template, by=who).owner == operator
    for who in (handler, make_member("far", Role.MANAGER, unit="far")):
        with pytest.raises(NotYours):
            save_template(template, by=who)
        with pytest.raises(NotYours):
            remove_template(template, by=who)
    remove_template(template, by=operator)
    assert AnswerTemplate.objects.count() == 0


def test_only_a_manager_makes_one_for_everybody(operator, manager) -> None:
    with pytest.raises(Refused, match="Only a manager"):
        make_template(operator, scope="site")
    assert make_template(manager, scope="site").scope == "site"


def test_a_place_that_nobody_knows_is_refused(operator) -> None:
    with pytest.raises(Refused, match=r"Nothing stands for \{phone\}"):
        make_template(operator, text="Call {phone} about {number}.")


def test_a_category_is_of_its_ledger(operator) -> None:
    category = make_category(make_ledger())
    with pytest.raises(Refused, match="another ledger"):
        make_template(operator, category=category, ledger=make_ledger("other", prefix="O"))
