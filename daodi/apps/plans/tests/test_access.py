from datetime import date

from daodi.apps.plans.models import Meeting
from daodi.apps.plans.talking import call_meeting, give_opinion, open_round
from daodi.apps.plans.tests.makers import draft_plan, issued_plan, make_place, make_visit
from tests.access import Page, check, check_complete
from tests.makers import NOON, make_unit

PLANNERS = ("operator", "supervisor", "manager")
UNITS = ("handler", "leader", "caller")


def test_access(cast, outsider, manager) -> None:
    """An issued plan is seen by its units, a draft by its planners, nothing by outsiders."""
    operator = cast["operator"]
    plan = issued_plan(operator)
    line = plan.lines.tasks().get()
    draft = draft_plan(operator)
    everybody = {**cast, "outsider": outsider, "manager": manager}
    all_of_us = dict.fromkeys((*PLANNERS, *UNITS), 200)
    planners = dict.fromkeys(PLANNERS, 200)
    posted = {"method": "post", "answers": dict.fromkeys(PLANNERS, 422)}
    pages = [
        Page("plans:plans", answers=dict.fromkeys(everybody, 200)),
        Page("plans:plan_new", answers=planners),
        Page("plans:plan", [plan.pk], answers=all_of_us),
        Page("plans:plan", [draft.pk], answers={**planners, "caller": 200}),
        Page("plans:plan_edit", [draft.pk], answers=planners),
        # An operator would issue it; it has no task: the middleware says so and leads back.
        Page("plans:plan_issue", [draft.pk], method="post", answers=dict.fromkeys(PLANNERS, 302)),
        Page("plans:plan_copy", [plan.pk], **posted),
        Page("plans:plan_read", [draft.pk], **posted),
        Page("plans:plan_file", [plan.pk, "xlsx"], answers=all_of_us),
        Page("plans:plan_file", [plan.pk, "docx"], answers=all_of_us),
        Page("plans:plan_file", [plan.pk, "exe"]),
        Page("plans:line_new", [draft.pk], answers=planners),
        Page("plans:line", [plan.pk, line.pk], answers=all_of_us),
        Page("plans:line", [draft.pk, line.pk]),
        Page("plans:line_edit", [plan.pk, line.pk], answers=planners),
        # Refused with a sentence: it was issued.
        Page(
            "plans:line_remove", [plan.pk, line.pk], method="post",
            answers=dict.fromkeys(PLANNERS, 302),
        ),
        Page("plans:line_amend", [plan.pk, line.pk], **posted),
        Page("plans:line_units", [plan.pk, line.pk], **posted),
        Page("plans:line_drop", [plan.pk, line.pk], **posted),
        Page("plans:line_back", [plan.pk, line.pk], **posted),
        Page(
            "plans:line_grade", [plan.pk, line.pk], method="post",
            answers={"caller": 422, "supervisor": 422},
        ),
        *(
            Page("plans:map", [name], answers=dict.fromkeys(everybody, 200))
            for name in ("decision", "battle", "road")
        ),
        Page("plans:map", ["treasure"]),
        Page("plans:map_pdf", ["treasure"]),
        *talk_pages(plan, draft, planners, operator, all_of_us),
        *contact_pages(cast["leader"]),
        Page("plans:deeds", stranger=200, others=200),
        Page("plans:deed_list", [plan.pk], stranger=404),
        Page("plans:judge", [plan.pk, line.pk], method="post", stranger=404),
        Page("plans:ours", answers={"handler": 200, "leader": 200, "outsider": 200}),
        Page(
            "plans:progress", [line.pk], method="post", answers={"handler": 422, "leader": 422}
        ),
    ]  # fmt: skip
    check(pages, everybody)
    check_complete("plans", pages)


def talk_pages(plan, draft, planners, operator, all_of_us) -> list[Page]:
    """Whoever sees a plan reads what is said of it; planners ask, answer, call and resolve."""
    bureau = make_unit("elsewhere2")
    asked = open_round(draft, [bureau], until=date(2026, 3, 9), by=operator, now=NOON)
    given = {"text": "Too early.", "way": "written", "line": None, "by": operator, "now": NOON}
    opinion = give_opinion(asked, unit=bureau, **given)
    meeting = call_meeting(Meeting(plan=plan, day=NOON.date()), [], by=operator, now=NOON)
    posted = {"method": "post", "answers": dict.fromkeys(planners, 422)}
    return [
        Page("plans:opinions", [plan.pk], answers=all_of_us),
        Page("plans:opinion_give", [draft.pk, asked.pk], **posted),
        Page("plans:opinion_answer", [draft.pk, opinion.pk], **posted),
        Page("plans:meetings", [plan.pk], answers=all_of_us),
        Page("plans:meeting", [plan.pk, meeting.pk], answers=all_of_us),
        Page("plans:meeting_minutes", [plan.pk, meeting.pk], **posted),
        Page("plans:meeting_resolve", [plan.pk, meeting.pk], **posted),
    ]


def contact_pages(leader) -> list[Page]:
    """Contact places are for leading cadres, and for those who keep their house."""
    place = make_place(leader)
    visit = make_visit(place, concerns=["The well is dry."])
    keepers = dict.fromkeys(("leader", "supervisor", "manager", "outsider"), 200)
    of_the_house = {"leader": 200, "manager": 200}
    # Without a place, one is asked for first.
    recorders = {"leader": 200, "outsider": 302}
    return [
        Page("plans:contacts", answers=keepers),
        Page("plans:house", answers=keepers),
        Page("plans:visits_report", answers=keepers),
        Page("plans:visits_file", ["xlsx"], answers=keepers),
        Page("plans:visits_file", ["docx"], answers=keepers),
        Page("plans:visits_file", ["exe"]),
        Page("plans:place_new", answers=keepers),
        Page("plans:place", [place.pk], answers=of_the_house),
        Page("plans:visit_new", answers=recorders),
        Page("plans:visit", [visit.pk], answers=of_the_house),
        Page("plans:visit_edit", [visit.pk], answers={"leader": 200}),
        Page(
            "plans:concern_send", [visit.concerns.get().pk], method="post",
            answers={"leader": 302},
        ),
        # Done by its keeper once; afterwards nobody may.
        Page(
            "plans:place_give_back", [place.pk], method="post",
            answers={"leader": 302, "manager": 302},
        ),
    ]  # fmt: skip
