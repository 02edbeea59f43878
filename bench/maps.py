"""Measure the three maps, the list of plans and a unit's page over 10,000 tasks of plans.

    PYTHONPATH=.:bench .venv/bin/daodi manage shell -c "from maps import main; main()"

It works in the site's database, on its ledger of tasks, and takes everything back at the end. Each
page is asked three times as the operator sees it: queries, the median of the time, its size.
"""

import statistics
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daodi.apps.plans.drafting import NewLine, add_lines, make_plan
from daodi.apps.plans.models import Line, Plan, Step
from daodi.core.history.chain import START
from daodi.core.history.record import new_salt
from daodi.core.intake.codes import next_ids, number_for
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.web.forms.choices import leading_units

PER_PLAN, PER_ITEM, TIMES = 100, 10, 3
PAGES = [
    ("plans", "plans:plans", []),
    *((name, "plans:map", [name]) for name in ("decision", "battle", "road")),
]  # fmt: skip


def main(count: int = 10_000) -> None:
    """Print a table of what each page costs."""
    settings.ALLOWED_HOSTS = ["testserver"]
    with transaction.atomic():
        begun = time.monotonic()
        operator, last = make_tasks(count)
        print(f"{count} tasks made in {time.monotonic() - begun:.0f} s\n")
        print("| page | queries | ms | kB |\n|---|---|---|---|")
        for name, view, args in PAGES:
            measure(name, reverse(view, args=args), operator)
        for name in ("decision", "battle", "road"):
            url = reverse("plans:map", args=[name])
            measure(f"{name}, one plan", f"{url}?plan={last}", operator)
        handler = Member.objects.active().with_role(Role.HANDLER).select_related("user")[0]
        measure("our unit", reverse("plans:ours"), handler)
        measure("one plan", reverse("plans:plan", args=[last]), operator)
        transaction.set_rollback(True)


def measure(name: str, url: str, member: Member) -> None:
    client = Client()
    client.force_login(member.user)
    spent, size, queries = [], 0, 0
    for _number in range(TIMES):
        with CaptureQueriesContext(connection) as seen:
            begun = time.monotonic()
            answer = client.get(url)
            spent.append(time.monotonic() - begun)
        queries, size = len(seen), len(answer.content)
    print(f"| {name} | {queries} | {1000 * statistics.median(spent):.0f} | {size / 1000:.0f} |")


def make_tasks(count: int) -> tuple[Member, int]:
    """Make issued plans with tasks that are spread over all units, states and half a year."""

    ledger = Ledger.objects.with_units().get(code="tasks")
    staff = Member.objects.active().with_role(Role.OPERATOR).filter(unit=ledger.unit)
    operator = staff.select_related("unit", "user")[0]
    now = timezone.now()
    first = timezone.localtime(now).date() - timedelta(days=60)
    units = list(leading_units())
    everyone = list(dict.fromkeys(unit.pk for unit in units))
    last = 0
    for number in range(count // PER_PLAN):
        plan = Plan(
            ledger=ledger, category=ledger.categories.order_by("code")[0], title=f"方案 {number}",
            source_kind="document", source="要点", first_day=first,
            last_day=first + timedelta(days=180),
        )  # fmt: skip
        make_plan(plan, by=operator, now=now)
        lines = add_lines(plan, list(lines_of(number, units, first)), by=operator)
        give_matters(plan, [line for line in lines if line.is_task], now)
        plan.edition, plan.issued_by, plan.issued_at = 1, operator, now
        plan.seen_by_units = sorted({*plan.seen_by_units, *everyone})
        plan.save()
        last = plan.pk
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE plans_line; ANALYZE plans_plan; ANALYZE core_matter")
    return operator, last


def lines_of(number: int, units: list[Unit], first: date) -> Iterator[NewLine]:

    for place in range(PER_PLAN):
        if place % (PER_ITEM * 2) == 0:
            yield NewLine(Line(level=1, title=f"重点工作 {place}"))
        if place % PER_ITEM == 0:
            yield NewLine(Line(level=2, title=f"工作事项 {place}"))
        due = first + timedelta(days=30 + 7 * place % 150)
        lead, joint = (units[(number + place + more) % len(units)] for more in (0, 1))
        task = Line(
            level=3, title=f"具体任务 {number}-{place}", standard="达标", lead=lead, due=due
        )
        yield NewLine(task, [joint], [Step(title="摸排", day=first + timedelta(days=20))])


def give_matters(plan: Plan, tasks: list[Line], now: datetime) -> None:

    states = ("handling", "handling", "dispatched", "handed_in", "cleared")
    made = []
    for place, (line, pk) in enumerate(zip(tasks, next_ids(len(tasks)), strict=True)):
        state = states[place % len(states)]
        done = now - timedelta(days=place % 30) if state in {"handed_in", "cleared"} else None
        matter = Matter(
            pk=pk, number=number_for(plan.ledger, pk, now), ledger=plan.ledger, state=state,
            version=1, head=START, title=line.title, text=line.title, salt=new_salt(), kind="task",
            category=plan.category, channel="import", unit=line.lead, first_unit=line.lead,
            filed_at=now, handed_in_at=done, due_at=now + timedelta(days=place % 60 - 20),
            seen_by_units=plan.seen_by_units,
        )  # fmt: skip
        made.append(matter)
        line.matter = matter
    Matter.objects.bulk_create(made)
    Line.objects.bulk_update(tasks, ["matter"])
