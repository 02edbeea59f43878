"""Leading cadres of the demo county at their contact places, week by week."""

from collections.abc import Callable
from datetime import datetime
from itertools import count

from daodi.apps.plans.contacts import Concern, ContactPlace
from daodi.apps.plans.visiting import ledgers_for_concerns, record_visit, take_place
from daodi.core.ledgers.kinds import Urgency
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division, Member, Unit
from daodi.core.people.places import TOWN_DIGITS
from daodi.core.people.roles import Role
from daodi.core.workflow.services import perform

MOST_CADRES, SECOND_OF = 12, 4
# What was seen, and what of it has to be dealt with.
SEEN = (
    ("到户看了 5 家，小麦长势好；村里新修的排水沟已通水，群众认可。", ""),
    ("参加村民小组会，听大家谈夏收和务工安排；村卫生室药品齐全。", ""),
    ("沿主路走了一遍，路面完好，放学路段偏暗。", "村口到小学约 200 米没有路灯"),
    ("与村干部对账，两项已完成，一项在等资金。", "文化广场东侧排水沟淤堵，雨后积水"),
    ("看了厂里的用工和订单，企业对办事大厅的服务满意。", ""),
    ("召开座谈会，主要谈看病报销和公交班次。", "村卫生室血压计损坏，要去镇上量"),
)
# Which unit deals with it, and what it is about.
DEALT = {
    "村口到小学约 200 米没有路灯": ("SZZX", "村内道路与路灯"),
    "文化广场东侧排水沟淤堵，雨后积水": ("SZZX", "排水与积水"),
    "村卫生室血压计损坏，要去镇上量": ("WJW", "村卫生室与家庭医生"),
}
DONE = "已派人到现场查看并处理完毕，照片存档，已当面告诉反映人。"
Somebody = Callable[[Unit, Role], Member]


class Visits:
    """Who looks after which places, and what they write down there."""

    def __init__(self, units: dict[str, Unit], somebody: Somebody) -> None:
        self.units, self.somebody, self.turn = units, somebody, count()
        self.ledgers = ledgers_for_concerns()

    def begin(self, now: datetime) -> None:
        """Give leading cadres their places: most have two, some only one as yet."""
        staff = Member.objects.active().with_role(Role.LEADER).select_related("unit", "user")
        villages = iter(Division.objects.filter(level="village").order_by("code")[::7])
        for number, member in enumerate(staff.order_by("unit__path", "pk")[:MOST_CADRES]):
            for _place in range(1 if number % SECOND_OF == 1 else 2):
                village = next(villages)
                town = Division.objects.filter(code=village.code[:TOWN_DIGITS]).first()
                place = ContactPlace(member=member, name=village.name, division=town)
                take_place(place, by=member, now=now)

    def go(self, now: datetime) -> None:
        """Let two places be visited; what was found is a matter at once."""
        places = list(ContactPlace.objects.kept().select_related("member__unit").order_by("pk"))
        for _visit in range(2):
            number = next(self.turn)
            seen, concern = SEEN[number % len(SEEN)]
            place = places[5 * number % len(places)]
            record_visit(
                place,
                day=now.date(),
                seen=seen,
                concerns=[concern],
                ledger=self.ledgers[0],
                by=place.member,
                now=now,
            )

    def deal(self, now: datetime) -> None:
        """Let what was found be listed and sent out, and last week's be done."""
        found = Concern.objects.exclude(matter=None)
        texts = dict(found.values_list("matter", "text"))
        for matter in Matter.objects.for_page().filter(pk__in=texts):
            code, category = DEALT[texts[matter.pk]]
            lead = self.units[code]
            if matter.state == "received":
                self._send(matter, lead, category, now)
            elif matter.state == "dispatched":
                handler = self.somebody(lead, Role.HANDLER)
                perform(matter, "accept", by=handler, now=now)
                perform(matter, "hand_in", by=handler, now=now, account=DONE, answer=DONE)

    def _send(self, matter: Matter, lead: Unit, about: str, now: datetime) -> None:
        operator = self.somebody(matter.ledger.unit, Role.OPERATOR)
        category = matter.ledger.categories.active().get(name=about)
        perform(
            matter, "list", category=category, kind=matter.kind, urgency=Urgency.NORMAL,
            by=operator, now=now,
        )  # fmt: skip
        perform(matter, "dispatch", lead=lead, by=operator, now=now)
