"""What a reply leaves open, read off its words."""

import os
from pathlib import Path

import pytest

from daodi.lib.replies import Lack, check
from daodi.lib.sheets import open_table

SHARED = Path(os.environ.get("DAODI_SHARED", Path(__file__).parents[4] / "shared" / "data"))
TITLE = "投诉东关街麻将馆深夜扰民"
TEXT = "东关街12号楼下的麻将馆天天营业到凌晨，噪音很大。请问什么时候能查处？"
GOOD = (
    "您好！您反映的东关街麻将馆深夜扰民问题已收悉。经我局执法人员现场核实，该店确有夜间营业噪音。"
    "我局已依据《治安管理处罚法》第五十八条责令其整改，要求晚22时后停止营业，将于6月30日前复查。"
    "如有疑问请拨打城管局电话0000-1234567。2024年6月12日"
)


def lacks(reply: str, title: str = TITLE, text: str = TEXT) -> list[Lack]:
    return [hint.lack for hint in check(title, text, reply)]


def test_a_whole_reply_gets_no_hint() -> None:
    assert lacks(GOOD) == []


def test_nothing_is_said_of_nothing() -> None:
    assert lacks(" \n") == []


def test_a_reply_that_says_nothing_lacks_what_a_reader_asks() -> None:
    assert lacks("已收到。") == [
        Lack.SUBJECT, Lack.FOUND, Lack.DONE, Lack.WHO, Lack.CONTACT, Lack.GREETING,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("instead_of", "put", "lack", "words"),
    [
        ("将于6月30日前复查", "下一步将尽快复查", Lack.WHEN, ("尽快",)),
        ("如有疑问请拨打城管局电话0000-1234567", "谢谢", Lack.CONTACT, ()),
        ("您反映的", "您咨询的", Lack.CONSULTATION, ("您咨询的",)),
        ("该店确有夜间营业噪音", "您这是无理取闹", Lack.TONE, ("无理取闹",)),
        ("该店", "该店老板王建国（13812345678）", Lack.PERSON, ("王建国", "13812345678")),
    ],
)
def test_one_thing_that_is_wrong_is_named(
    instead_of: str, put: str, lack: Lack, words: tuple[str, ...]
) -> None:
    found = {hint.lack: hint.words for hint in check(TITLE, TEXT, GOOD.replace(instead_of, put))}
    assert found == {lack: words}


def test_when_wants_a_time() -> None:
    assert lacks(GOOD.replace("6月30日前", "").replace("晚22时后", ""))[:1] == [Lack.QUESTION]


def test_a_refusal_names_its_rule() -> None:
    reply = "您好，经我局核实，您家不符合条件，无法办理。详情请到社区窗口咨询。"
    title = "低保申请条件"
    assert lacks(reply, title, "我家想申请低保。") == [Lack.RULE]
    better = reply.replace("您家不符合", "根据《低保审核办法》，您家不符合低保申请")
    assert lacks(better, title, "我家想申请低保。") == []


@pytest.mark.parametrize(
    ("title", "text", "reply"),
    [
        ("幸福里小区停水", "幸福里小区停水了，什么时候来水？",
         "您好，幸福里小区停水是主管网爆裂所致，县供水公司正在抢修，预计今天18时恢复供水。供水热线12319。"),
        ("李庄村道路什么时候修", "李庄村到镇上的路坑坑洼洼，什么时候能修？",
         ("村民朋友您好：李庄村至镇区道路已列入2027年养护工程计划，预计4月开工、8月底前完工。"
         "联系电话：县农村公路管理所66332211。")),
        ("医保卡不能用", "我的医保卡在药店刷不了，去年交了钱的。",
         ("您好！经县医保局查询，您的缴费已到账，因卡片损坏无法刷卡。您可以带身份证到政务服务中心医保窗口"
         "免费换卡。医保服务热线：12393。")),
        ("要求批准翻建房屋", "我家老房子在河堤边上，想翻建，镇里不批。",
         ("尊敬的李先生：您好！您要求批准翻建房屋的诉求，经镇村镇建设办公室与县水利局现场核实，房屋位于颍河管理范围内，"
         "依据《河道管理条例》第二十四条，不能在该范围内新建、翻建房屋。详情请到镇便民服务中心3号窗口咨询。")),
        ("建议体育场增加公共厕所", "体育场健身的人很多，只有一个厕所。",
         ("王女士，您好！感谢您关于体育场增加公共厕所的建议。我局会同住建局实地查看，厕位确有不足，"
         "已决定在3号楼东侧增设移动厕所，12月15日前投入使用。县教体局体育股，电话0371-66887766。")),
    ],
)  # fmt: skip
def test_what_is_good_is_left_in_peace(title: str, text: str, reply: str) -> None:
    assert lacks(reply, title, text) == []


def test_a_neighbour_at_his_door_is_somebody() -> None:
    reply = GOOD.replace("该店", "3号楼2单元501室张建国，电话13812345678，")
    found = {hint.lack: hint.words for hint in check(TITLE, TEXT, reply)}
    assert found[Lack.PERSON] == ("3号楼2单元501室", "张建国", "13812345678")


def test_a_department_that_is_not_named_is_none() -> None:
    assert Lack.WHO in lacks("您好，麻将馆扰民问题已转相关部门处理，请耐心等待。")


def test_an_office_telephone_is_no_person() -> None:
    assert Lack.PERSON not in lacks(GOOD)


def test_a_reply_to_something_else_is_found_out_of_real_ones() -> None:
    file = SHARED / "answered_requests_2816.xlsx"
    if not file.exists():
        pytest.skip("the real requests are not here")
    rows = [row.cells for row in open_table(file).rows()][:400]
    said = [[str(row[name] or "") for name in ("留言主题", "留言详情", "答复意见")] for row in rows]
    own = [Lack.SUBJECT in lacks(reply, title, text) for title, text, reply in said]
    turned = zip(said, said[100:] + said[:100], strict=True)
    others = [Lack.SUBJECT in lacks(other[2], one[0], one[1]) for one, other in turned]
    assert sum(own) / len(own) < 0.25
    assert sum(others) / len(others) > 0.75
