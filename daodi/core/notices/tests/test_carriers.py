"""Robots, text messages and gateways, each against a real server or a real file."""

import json

import pytest

from daodi.core.exceptions import Refused
from daodi.core.notices.carriers.base import Down, Message, NotDelivered, Rejected, Unsure
from daodi.core.notices.carriers.known import carriers, ready_carriers
from daodi.core.notices.models import Address
from daodi.core.notices.sending import send_due
from daodi.core.notices.services import choose, send_test
from daodi.core.notices.tests.servers import free_port, service
from daodi.core.notices.tests.test_sending import NIGHT, states
from tests.makers import HOUR, NOON

KEY = "0a1b2c3d-4e5f"
MANY = tuple(f"第{n}件：路灯坏了，请尽快签收办理" for n in range(90))


@pytest.fixture
def posts(settings):
    with service() as posts:
        settings.ROBOT_URLS = {name: f"{posts.url}/{name}?key=" for name in settings.ROBOT_URLS}
        settings.SMS_BY, settings.SMS_URL, settings.SMS_SECRET = "http", f"{posts.url}/sms", "s3"
        yield posts


@pytest.mark.parametrize(
    ("name", "yes", "body"),
    [
        ("wecom", {"errcode": 0}, {"msgtype": "text", "text": {"content": "【Daodi】Title\nA\nB"}}),
        (
            "dingtalk",
            {"errcode": 0},
            {"msgtype": "text", "text": {"content": "【Daodi】Title\nA\nB"}},
        ),
        ("feishu", {"code": 0}, {"msg_type": "text", "content": {"text": "【Daodi】Title\nA\nB"}}),
    ],
)
def test_a_robot_speaks_and_what_it_answers_counts(posts, name, yes, body) -> None:
    posts.answers = [(200, yes), (200, {"errcode": 93000, "errmsg": "invalid webhook"})]
    robot, message = carriers()[name], Message("k", KEY, "Title", ("A", "B"))
    robot.send(message)
    with pytest.raises(NotDelivered, match="93000 invalid webhook"):
        robot.send(message)
    assert [(path, said) for path, _headers, said in posts.got] == [
        (f"/{name}?key={KEY}", body)
    ] * 2


def test_a_robot_is_not_told_more_than_it_takes(posts) -> None:
    carriers()["wecom"].send(Message("k", KEY, "Title", MANY, "https://x.example"))
    text = posts.bodies()[0]["text"]["content"]
    *lines, more, link = text.splitlines()[1:]
    assert len(text.encode()) <= 2000
    assert (tuple(lines), more) == (MANY[: len(lines)], f"and {90 - len(lines)} more")
    assert link == "https://x.example"


def test_a_key_goes_to_the_service_and_nowhere_else(settings) -> None:
    settings.ROBOT_URLS = {
        "wecom": "https://robots.example/send?key=",
        "dingtalk": "",
        "feishu": "",
    }
    robot = carriers()["wecom"]
    assert robot.clean(f" https://robots.example/send?key={KEY} ") == KEY == robot.clean(KEY)
    for wrong in ("", "https://evil.example/send?key=0a1b2c3d", "../../x", f"{KEY}&x=1"):
        with pytest.raises(Refused, match="whole webhook address"):
            robot.clean(wrong)
    assert set(ready_carriers()) == {"wecom"}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((429, {}), NotDelivered),
        ((404, {}), Rejected),
        ((302, {}), Rejected),
        ((503, {}), Down),
        ((200, None), Unsure),
    ],
)
def test_what_a_gateway_answers(posts, answer, error) -> None:
    posts.answers = [answer]
    with pytest.raises(NotDelivered) as raised:
        carriers()["sms"].send(Message("k", "13800000000", "T", ("T",)))
    assert raised.type is error


def test_a_gateway_that_is_not_there(posts, settings) -> None:
    settings.SMS_URL = f"http://127.0.0.1:{free_port()}/"
    with pytest.raises(Down):
        carriers()["sms"].send(Message("k", "13800000000", "T", ("T",)))


def test_a_gateway_gets_each_message_with_its_id_and_our_secret(posts, settings) -> None:
    settings.SITE_NAME = "杞县"
    sms = carriers()["sms"]
    sms.send(Message("daodi-7", "+86 138-0000-0000", "T", ("New for you",), "https://x.example/1"))
    sms.send(Message("daodi-8", "13800000000", "2 new notices", ("A", "B"), "https://x.example"))
    assert posts.bodies() == [
        {"id": "daodi-7", "to": "13800000000", "text": "【杞县】New for you https://x.example/1"},
        {"id": "daodi-8", "to": "13800000000", "text": "【杞县】2 new notices https://x.example"},
    ]
    assert posts.got[0][1]["Authorization"] == "Bearer s3"


def test_text_messages_as_lines_of_a_file(settings, tmp_path) -> None:
    settings.SMS_BY, settings.SMS_FILE = "file", tmp_path / "sms.jsonl"
    for n in range(2):
        carriers()["sms"].send(Message(f"daodi-{n}", "13800000000", "路灯修好了", ("路灯修好了",)))
    lines = [json.loads(line) for line in settings.SMS_FILE.read_text().splitlines()]
    assert lines == [
        {"id": f"daodi-{n}", "to": "13800000000", "text": "【Daodi】路灯修好了"} for n in range(2)
    ]


def test_a_test_message_says_how_it_went(posts, handler) -> None:
    choose("feishu", to=KEY, pace="once", quiet=NIGHT, by=handler, unit=None)
    address = Address.objects.get()
    posts.answers = [(200, {"code": 0}), (200, {"code": 19021, "msg": "sign match fail"})]
    send_test(address, now=NOON)
    assert posts.bodies()[0]["content"]["text"].endswith("notices reach you here.")
    with pytest.raises(Refused, match="19021 sign match fail"):
        send_test(address, now=NOON + HOUR)
    with pytest.raises(Refused, match="wait a minute"):
        send_test(address, now=NOON + HOUR)


def test_one_carrier_that_is_down_does_not_hold_up_the_others(
    course, handler, posts, settings, tmp_path
) -> None:
    settings.SMS_BY, settings.SMS_FILE = "file", tmp_path / "sms.jsonl"
    for carrier, to in (("wecom", KEY), ("sms", "13800000000")):
        choose(carrier, to=to, pace="once", quiet=NIGHT, by=handler, unit=None)
    posts.answers = [(503, {})]
    story = course().dispatched()
    course().dispatched()
    assert send_due(story.now) == 2
    assert (len(posts.got), sorted(states())) == (1, ["sent", "sent", "waiting", "waiting"])


def test_a_line_that_breaks_is_tried_once_more_and_never_again(course, handler, posts) -> None:
    choose("wecom", to=KEY, pace="once", quiet=NIGHT, by=handler, unit=None)
    posts.answers = [(200, None)]
    now = course().dispatched().now
    for _again in range(3):
        send_due(now)
        now += NOON - NOON.replace(hour=11)
    assert (states(), len(posts.got)) == (["failed"], 2)


@pytest.mark.parametrize(("carrier", "unit"), [("pigeon", False), ("mail", False), ("wecom", True)])
def test_what_may_not_be_chosen(handler, posts, carrier, unit) -> None:
    with pytest.raises(Refused):
        choose(
            carrier, to=KEY, pace="once", quiet=NIGHT, by=handler,
            unit=handler.unit if unit else None,
        )  # fmt: skip
