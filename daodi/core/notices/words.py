"""What notices say, and where one reads on."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from daodi.core.clocks.models import rules_of
from daodi.core.clocks.policy import BUILT_IN, ClockRule
from daodi.core.deadlines.causes import cause, next_step
from daodi.core.ledgers.kinds import Urgency
from daodi.core.notices.judging import judge_link
from daodi.core.notices.models import Notice
from daodi.lib.dates import day_and_clock

Json = dict[str, Any]
CARDS = {"yellow": gettext_lazy("Yellow card"), "red": gettext_lazy("Red card")}
STAFF = {
    "file": gettext_lazy("New and in a hurry: list it now"),
    "dispatch": gettext_lazy("New for your unit: sign for it"),
    "joint": gettext_lazy("Your unit has a part in it: do it and hand it in"),
    "overrule": gettext_lazy("The objection fails, the dispatch is final: sign for it"),
    "uphold": gettext_lazy("The objection stands: another unit is looked for"),
    "forward": gettext_lazy("Forwarded to your unit: sign for it"),
    "reassign": gettext_lazy("Given to your unit: sign for it"),
    "taken_from": gettext_lazy("Given to another unit: nothing is left to do"),
    "rejoin": gettext_lazy("Other units join in it now"),
    "drop": gettext_lazy("The task was dropped: nothing is left to do"),
    "reply": gettext_lazy("The resident has replied: go on"),
    "write": gettext_lazy("The resident has written"),
    "hand_part": gettext_lazy("A joint unit has handed in its part"),
    "schedule_part": gettext_lazy("Your unit's part has another day: look at it"),
    "part_soon": gettext_lazy("Your unit's part is due soon: hand it in"),
    "part_late": gettext_lazy("A joint unit's part is late"),
    "send_back": gettext_lazy("Sent back: do it again"),
    "redo": gettext_lazy("The resident wants it done again"),
    "reopen": gettext_lazy("Reopened: sign for it and do it again"),
    "resume": gettext_lazy("Taken up again: the clocks run on"),
    "withdraw": gettext_lazy("The resident took it back: nothing is left to do"),
    "merge": gettext_lazy("Merged into another matter: nothing is left to do"),
    "object": gettext_lazy("A unit objects to the dispatch: please rule"),
    "extend": gettext_lazy("An extension is asked for: please decide"),
    "grant_extension": gettext_lazy("The extension is granted"),
    "refuse_extension": gettext_lazy("The extension is refused: the deadline stands"),
    "suspend": gettext_lazy("A suspension is asked for: please decide"),
    "grant_suspension": gettext_lazy("The suspension is granted"),
    "refuse_suspension": gettext_lazy("The suspension is refused: go on"),
    "submit": gettext_lazy("Waits for your signature"),
    "return_draft": gettext_lazy("The draft was returned: correct it and submit it again"),
    "press": gettext_lazy("A supervisor's order: answer it in time"),
    "answer_order": gettext_lazy("Your order was answered: close it or send it back"),
    "return_order": gettext_lazy("The answer to the order was sent back: answer it again"),
    "close_order": gettext_lazy("The order is closed: nothing more is asked"),
    "surge": gettext_lazy(
        "More than usual · %(where)s %(what)s: %(count)s in %(days)s days, usual: %(usual)s"
    ),
}
REMINDERS = {
    "write": {
        "prompt": gettext_lazy("An early sign for your unit: read it and answer"),
        "assign": gettext_lazy("An early sign assigned to your unit: answer it by the day set"),
    },
    "send_back": gettext_lazy("Your answer to an early sign was sent back: answer it again"),
    "answer": gettext_lazy("A unit has answered an early sign: close it or send it back"),
    "close": gettext_lazy("An early sign for your unit is closed"),
    "card": gettext_lazy("%(card)s · the early sign assigned to your unit is not answered yet"),
}
# What is not about one matter alone: it has a page, and a key in the notice, of this name.
HAS_A_PAGE = ("reminder", "surge")
_ANSWERED = gettext_lazy("There is an answer to your request %(number)s. Is it solved? Please say")
ANSWERS = ("hand_in", "sign", "answer", "answer_shared")
RESIDENT = {
    "file": gettext_lazy("We have your request %(number)s. Follow it here"),
    "ask": gettext_lazy("We need to know something about your request %(number)s. Please reply"),
    **dict.fromkeys(ANSWERS, _ANSWERED),
    "decline": gettext_lazy(
        "We cannot handle your request %(number)s. Why, and where you can turn to, stands here"
    ),
    "merge": gettext_lazy(
        "Others asked for the same: your request %(number)s is handled together with theirs, and "
        "you get the answer too"
    ),
    "unmerge": gettext_lazy(
        "Your request %(number)s is handled on its own again; you get an answer of your own"
    ),
    "grant_extension": gettext_lazy(
        "Your request %(number)s takes longer: you get an answer by %(day)s"
    ),
    "grant_suspension": gettext_lazy(
        "Your request %(number)s has to wait: we look at it again on %(day)s. Why, stands here"
    ),
    "send_back": gettext_lazy("Your request %(number)s was sent back to be done again"),
    "clear": gettext_lazy("Your request %(number)s is done. If the problem is back, say so here"),
}
DAY_OF = {"grant_extension": "until", "grant_suspension": "review_on"}


def said(notice: Notice) -> str:
    """Say to a member of staff what happened and what comes next, in the language of the reader."""
    if notice.name == "alarm":
        return _alarm(notice.data)
    if notice.name == "reminder":
        return _reminder(notice.data)
    if notice.name == "review":
        return _review(notice.data)
    if notice.name == "surge":
        return _surge(notice.data)
    return str(STAFF[notice.name])


def line_of(notice: Notice) -> str:
    """Return the line of a message that leaves the house: of a confidential matter, nothing."""
    matter = notice.matter
    if matter is None:
        return said(notice)
    if matter.is_confidential:
        return _("Something new on a confidential matter: sign in to read it")
    if notice.name in HAS_A_PAGE:
        # It may be about matters that the unit does not see.
        return said(notice)
    hurry = f"[{matter.get_urgency_display()}] " if matter.urgency == Urgency.CRITICAL else ""
    return f"{hurry}{said(notice)} · {matter.title or _('(erased)')} ({matter.number})"


def to_resident(notice: Notice) -> str:
    """Say to the resident what happened, in plain words; what it is about stays on the page."""
    day = _day(notice.data[DAY_OF[notice.name]]) if notice.name in DAY_OF else ""
    return str(RESIDENT[notice.name]) % {"number": notice.about.number, "day": day}


def title_of(count: int) -> str:
    return ngettext("%(n)s new notice", "%(n)s new notices", count) % {"n": count}


def link_of(notice: Notice) -> str:
    """Return where a member reads on what one notice says; of a confidential matter, nowhere."""
    if notice.name == "review":
        return _desk("knowledge/?list=due")
    matter = notice.matter
    if matter is None or matter.is_confidential or notice.name in HAS_A_PAGE:
        return desk_link()
    return desk_link(matter.number)


def desk_link(number: str = "") -> str:
    """Return where a member reads on: the matter, or all notices; empty: we have no address."""
    return _desk(f"matters/{quote(number)}/" if number else "notices/")


def _desk(path: str) -> str:
    return f"{settings.SITE_URL}/desk/{path}" if settings.SITE_URL else ""


def resident_link(notice: Notice, code: str) -> str:
    """Return what a resident opens: to judge an answer without any code, or to follow it."""
    if notice.name in ANSWERS and settings.SITE_URL:
        # As of the notice: what is sent once more is the same message.
        return f"{settings.SITE_URL}{judge_link(notice.about, now=notice.at)}"
    return track_link(notice.about.number, code)


def track_link(number: str, code: str) -> str:
    """Return where a resident follows their request; with the code it opens by itself."""
    if not settings.SITE_URL:
        return ""
    link = f"{settings.SITE_URL}/track/{quote(number)}/"
    return f"{link}?code={quote(code)}" if code else link


def _alarm(data: Json) -> str:
    """Say the card, the clock, how far it is, why it runs, and the step that stops it."""
    rule = _rule(data)
    values = {"clock": _name(rule, data), "percent": data["percent"], "due": _time(data["due"])}
    text = _("“%(clock)s”: %(percent)s %% of the time is used, due %(due)s") % values
    step = None
    if rule:
        step = next_step(rule, data["state"])
        if "since" in data:
            why = cause(rule, data["began"], _time(data["since"]), values["due"], data["state"])
            values["cause"] = why
            text = _("“%(clock)s”, %(percent)s %% used: %(cause)s") % values
    if data["card"]:
        text = f"{CARDS[data['card']]} · {text}"
    return text + (" · " + _("next: %(step)s") % {"step": step.label} if step else "")


def _reminder(data: Json) -> str:
    """Say what became of an early sign."""
    words = REMINDERS[data["step"]]
    if isinstance(words, dict):
        return str(words[data["kind"]])
    return str(words) % {"card": CARDS.get(data["card"], "")}


def _review(data: Json) -> str:
    """Say how many entries came due, and name one."""
    return ngettext(
        "An answer of the knowledge base should be looked at again: “%(first)s”",
        "%(n)s answers of the knowledge base should be looked at again, “%(first)s” first",
        data["n"],
    ) % {"n": data["n"], "first": data["first"]}


def _surge(data: Json) -> str:
    """Say what there is more of than usual, and where."""
    return str(STAFF["surge"]) % {**data, "usual": usual(data["usual"])}


def usual(number: float) -> str:
    """Say how many are usual, so that nobody takes it for a measurement."""
    return _("less than 1") if number < 1 else _("about %(n)s") % {"n": round(number)}


def _time(at: str) -> str:
    day, clock = day_and_clock(timezone.localtime(datetime.fromisoformat(at)))
    return f"{day:%m-%d} {clock}"


def _day(end: str) -> str:
    """Return the day that ends at this moment."""
    last = timezone.localtime(datetime.fromisoformat(end)) - timedelta(seconds=1)
    return f"{last:%Y-%m-%d}"


def _rule(data: Json) -> ClockRule | None:
    name = data["clock"]
    return BUILT_IN.get(name) or rules_of(data["policy"]).rule(name)


def _name(rule: ClockRule | None, data: Json) -> str:
    if rule is None:
        return str(data["clock"])
    return rule.title
