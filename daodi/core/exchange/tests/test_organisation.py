"""An organisation from Excel: tried first, taken in as a whole, the same again changes nothing."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import Refused
from daodi.core.exchange.organisation import read_organisation, template_of, write_organisation
from daodi.core.exchange.tests.makers import book, said, take
from daodi.core.people.models import Member, Unit, User
from daodi.core.people.roles import Role
from daodi.core.people.services import add_member, add_unit
from daodi.lib.text import clean
from tests.makers import make_ledger, make_matter, make_member, make_unit

UNITS = [
    ["单位代码", "单位", "层级", "上级单位", "在用"],
    ["SW", "水务局", "部门", "County", "是"],
    ["SW-1", "管网站", "科室、站所", "水务局", ""],
]
MEMBERS = [
    ["账号", "姓名", "单位", "职务", "角色", "电话", "电子邮箱"],
    ["li", "李四", "水务局", "局长", "负责人", "0371-1", "li@example.cn"],
    ["wang", "王五", "SW-1", "", "承办人、受理员", "", ""],
]
FLAT = [
    ["单位", "上级单位", "姓名", "职务", "角色", "手机"],
    ["水务局", "County", "李四", "局长", "负责人", 13800000000],
    ["水务局", "County", "王五", "科员", "承办人", ""],
    ["办公室", "水务局", "赵六", "主任", "承办人", ""],
    ["教育局", "County", "", "", "", ""],
    ["办公室", "教育局", "钱七", "主任", "承办人", ""],
]

KINDS = (
    "Write one of: Government、Department、Town、Village or community、Section or station、"
    "Public enterprise."
)
ROLES = (
    "“皇帝” is no role. Write one or more of: Operator、Handler、Unit leader、Supervisor、Caller、"
    "Inspector、Editor、Manager."
)


@pytest.fixture
def workbook(tmp_path):
    return book(tmp_path / "a.xlsx", 单位=UNITS, 成员=MEMBERS)


def test_a_trial_says_everything_and_changes_nothing(workbook, manager) -> None:
    before = AdminEvent.objects.count()
    outcome = take(workbook, manager, dry_run=True)
    assert said(outcome) == [
        ("水务局", "new"), ("管网站", "new"), ("李四 · 水务局", "new"), ("王五 · 管网站", "new"),
    ]  # fmt: skip
    assert [(step.sheet, step.row) for step in outcome.steps] == [
        ("单位", 2), ("单位", 3), ("成员", 2), ("成员", 3),
    ]  # fmt: skip
    assert (Unit.objects.count(), User.objects.count()) == (1, 1)
    assert AdminEvent.objects.count() == before


def test_what_was_tried_is_what_is_done_and_again_changes_nothing(workbook, manager) -> None:
    trial = take(workbook, manager, dry_run=True)
    done = take(workbook, manager, mark=trial.mark)
    assert done == trial
    li = Member.objects.get(user__username="li")
    assert (li.unit.name, li.post, li.phone, li.roles) == ("水务局", "局长", "0371-1", ["leader"])
    assert (li.user.email, li.user.has_usable_password()) == ("li@example.cn", False)
    assert Unit.objects.get_parent(Unit.objects.get(code="SW-1")).code == "SW"
    log = AdminEvent.objects.filter(by=manager).order_by("pk").values_list("what", flat=True)
    assert list(log) == ["unit_added"] * 2 + ["member_added"] * 2 + ["organisation_imported"]
    again = take(workbook, manager)
    assert (again.changes_nothing, again.counts["same"]) == (True, 4)
    assert AdminEvent.objects.filter(by=manager).count() == 5


def test_a_yes_to_something_else_is_no_yes(workbook, manager) -> None:
    trial = take(workbook, manager, dry_run=True)
    add_unit(code="SW", name="水务局", parent=manager.unit)
    with pytest.raises(Refused, match="Something has changed since the trial"):
        take(workbook, manager, mark=trial.mark)
    assert not User.objects.filter(username="li").exists()


def test_one_flat_sheet_as_offices_have_it(tmp_path, manager) -> None:
    flat = book(tmp_path / "flat.xlsx", 通讯录=FLAT)
    outcome = take(flat, manager)
    assert said(outcome) == [
        ("水务局", "new"), ("办公室", "new"), ("教育局", "new"), ("办公室", "new"),
        ("李四 · 水务局", "new"), ("王五 · 水务局", "new"), ("赵六 · 办公室", "new"),
        ("钱七 · 办公室", "new"),
    ]  # fmt: skip
    offices = Unit.objects.filter(name="办公室")
    above = {Unit.objects.get_parent(unit).name for unit in offices}
    assert above == {"水务局", "教育局"}
    people = Member.objects.exclude(user=manager.user).order_by("pk")
    assert [(m.user.username, m.phone) for m in people] == [
        ("county-1-01", "13800000000"), ("county-1-02", ""), ("county-1-1-01", ""),
        ("county-2-1-01", ""),
    ]  # fmt: skip
    assert take(flat, manager).changes_nothing


def test_what_differs_is_changed_and_told(workbook, tmp_path, manager) -> None:
    take(workbook, manager)
    changed = book(
        tmp_path / "b.xlsx",
        单位=[
            ["单位代码", "单位", "英文名称", "层级", "上级单位", "在用"],
            ["SW", "水利局", "Water", "", "", ""],
            ["SW-1", "", "", "", "County", "否"],
        ],
        成员=[
            ["账号", "姓名", "单位", "职务", "角色", "在用"],
            ["li", "李四光", "水利局", "-", "", ""],
            ["wang", "", "SW-1", "", "承办人", "否"],
        ],
    )
    outcome = take(changed, manager)
    assert [(step.verdict, step.why) for step in outcome.steps] == [
        ("changed", "Unit: 水务局 → 水利局; Name in English: — → Water"),
        ("changed", "In use: Yes → No; Unit above: Water → County"),
        ("changed", "Name: 李四 → 李四光; Post: 局长 → —"),
        ("changed", "Roles: Handler、Operator → Handler; In use: Yes → No"),
    ]
    assert take(changed, manager).changes_nothing
    assert Member.objects.get(user__username="li").roles == ["leader"]


def test_each_wrong_cell_is_named_and_then_nothing_is_done(tmp_path, manager, outsider) -> None:
    wrong = book(
        tmp_path / "a.xlsx",
        单位=[
            ["单位代码", "单位", "层级", "上级单位", "行政区划"],
            ["A", "好局", "部门", "County", ""],
            ["B", "甲局", "司令部", "County", ""],
            ["C", "乙局", "", "没有的局", ""],
            ["D D", "丙局", "", "County", ""],
            ["E", "丁局", "", "County", "999999"],
            ["F", "戊局", "", "", ""],
        ],
        成员=[
            ["账号", "姓名", "单位", "角色", "电子邮箱"],
            ["li", "李四", "好局", "皇帝", ""],
            ["王 五", "王五", "好局", "", ""],
            ["zhao", "赵六", "好局", "", "no mail"],
            ["new", "", "好局", "", ""],
        ],
    )
    outcome = take(wrong, manager)
    assert [(step.row, step.column, step.why) for step in outcome.steps if step.column] == [
        (3, "层级", KINDS),
        (4, "上级单位", "There is no unit “没有的局” in your house."),
        (5, "单位代码", "A code has up to 40 letters, digits, - and _."),
        (6, "行政区划", "There is no area with the code 999999."),
        (7, "上级单位", "A new unit needs the unit above it."),
        (2, "角色", ROLES),
        (3, "账号", "An account has letters, digits and . - _ @ only."),
        (4, "电子邮箱", "This is not an e-mail address."),
        (5, "姓名", "A new member needs a name."),
    ]  # fmt: skip
    assert said(outcome)[0] == ("好局", "new")
    assert not Unit.objects.filter(code="A").exists()


def test_a_manager_reaches_the_own_house_only(workbook, tmp_path, outsider) -> None:
    outcome = take(workbook, outsider)
    assert outcome.steps[0].why == "There is no unit “County” in your house."
    make_member("other", Role.EDITOR, unit="elsewhere")
    add_member(username="other", name="x", unit=make_unit("bureau"), roles=[])
    named = book(tmp_path / "b.xlsx", 成员=[
        ["账号", "姓名", "单位"], ["other", "Robbed", "Elsewhere"]])  # fmt: skip
    assert "has a place outside your house" in take(named, outsider).steps[0].why


def test_who_holds_confidential_matters_does_not_leave_by_a_table(
    tmp_path, operator, manager
) -> None:
    ledger = make_ledger("helpline", is_confidential=True)
    ledger.confidants.set([operator])
    make_matter(ledger=ledger)
    rows = [["账号", "单位", "在用"], ["operator", "centre", "否"]]
    outcome = take(book(tmp_path / "a.xlsx", 成员=rows), manager)
    assert "Choose who takes over" in outcome.steps[0].why


def test_a_table_that_is_something_else_is_refused(tmp_path, manager) -> None:
    with pytest.raises(Refused, match="None of these columns was found: Unit, Unit code"):
        read_organisation(book(tmp_path / "a.xlsx", 表=[["编号", "标题"], [1, "路灯"]]))


def test_the_template_says_how_it_is_meant(tmp_path, manager) -> None:
    path = tmp_path / "template.xlsx"
    template_of(path)
    assert [line.get("person") for line in read_organisation(path)] == ["", "张三"]


PLAIN = st.text(
    st.characters(codec="utf-8", categories=("L", "N"), include_characters="=+-@·（）"),
    min_size=2, max_size=20,
).filter(lambda name: clean(name, lines=False) == name)  # fmt: skip


@settings(
    max_examples=6, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    tree=st.lists(
        st.tuples(PLAIN, st.integers(0, 9), st.sampled_from(Unit.Kind.values)), max_size=6
    ),
    people=st.lists(
        st.tuples(PLAIN, st.integers(0, 9), st.sets(st.sampled_from(list(Role))), st.booleans()),
        max_size=6,
    ),
)
def test_what_is_written_is_taken_back_and_changes_nothing(manager, tmp_path, tree, people) -> None:
    top = make_unit(f"house{Unit.objects.count()}")
    boss = make_member(f"boss{User.objects.count()}", Role.MANAGER, unit=top.code)
    units = [top]
    for number, (name, place, kind) in enumerate(tree):
        parent = units[place % len(units)]
        code = f"{top.code}-u{number}"
        units.append(add_unit(code=code, name=name, kind=kind, parent=parent))
    for number, (name, place, roles, is_active) in enumerate(people):
        made = add_member(
            username=f"{top.code}.{number}", name=name, unit=units[place % len(units)],
            roles=list(roles), post=name[:10], phone=f"0371-{number}",
        )  # fmt: skip
        Member.objects.filter(pk=made.pk).update(is_active=is_active)
    path = tmp_path / "round.xlsx"
    write_organisation(path, boss)
    outcome = take(path, boss)
    assert [step for step in outcome.steps if step.verdict != "same"] == []
    assert len(outcome.steps) == len(units) + len(people) + 1
