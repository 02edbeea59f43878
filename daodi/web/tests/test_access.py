from django.utils import timezone

from daodi.core.followup.draw import draw
from daodi.core.gazetteer.services import Facts, add_place
from daodi.core.intake.paper import print_forms
from daodi.core.knowledge.services import propose
from daodi.core.knowledge.tests.makers import make_editor, make_entry
from daodi.core.ledgers.catalogue import add_line
from daodi.core.ledgers.models import Ledger
from daodi.core.lists.services import save_view
from daodi.core.matters.belongings import Attachment
from daodi.core.notices.models import Notice
from daodi.core.people.absences import enter_absence
from daodi.core.people.invitations import invite
from daodi.core.people.roles import Role
from daodi.core.reports.services import make_report
from daodi.core.supervision.reminders import write_reminder
from daodi.core.wording.models import AnswerTemplate
from tests.access import Page, check, check_complete
from tests.makers import NOON, make_matter, make_member, make_town

SEEN = dict.fromkeys(("operator", "handler", "leader", "supervisor", "caller"), 200)
LOOK_AFTER = ("manager", "supervisor", "outsider")
MANAGED = {"manager": 200}


def test_access(course, cast, outsider, manager) -> None:
    matter = course().dispatched().matter
    unit, ledger = manager.unit, Ledger.objects.get()
    Attachment.objects.create(
        matter=matter, seq=1, key="0.txt", name="a", mime="text/plain", size=1, digest=b"",
        added_at=NOON,
    )  # fmt: skip
    view = save_view(name="Mine", query="list=all", is_shared=True, by=cast["handler"])
    batch = print_forms(ledger, 1, by=cast["operator"], now=timezone.now())
    everybody = {**SEEN, "outsider": 200, "manager": 200}
    pages = [
        Page("desk:inbox", answers=everybody),
        Page("desk:find", answers=everybody),
        Page("desk:views", answers=everybody),
        Page("desk:topics", answers=dict.fromkeys(
            ("operator", "leader", "supervisor", "outsider"), 200)),
        # Nobody sees a topic of which they see no matters: there is none here.
        Page("desk:topic", [1]),
        Page("desk:surge", [1]),
        Page("desk:surge_set_aside", [1], method="post"),
        Page("desk:view_new", method="post", answers=dict.fromkeys(everybody, 422)),
        # Only whoever saved a view changes it; for all others it is not there.
        Page("desk:view", [view.pk], method="post", answers={"handler": 422}),
        Page("desk:columns", method="post", answers=dict.fromkeys(everybody, 302)),
        Page("desk:new", answers={"operator": 200, "supervisor": 200, "outsider": 200}),
        Page("desk:forms", answers={**everybody, "caller": 404}),
        # Whoever ordered them, for an hour: all others are told to order their own.
        Page("desk:form_sheets", [batch.pk], answers={"operator": 200}),
        Page("desk:forms_pdf", [batch.pk], answers={"operator": 200}),
        Page("desk:matter", [matter.number], answers={**SEEN, "manager": 200}),
        Page(
            "desk:move", [matter.number, "accept"], method="post",
            # Refused with the page and the reason, but for the handler, whose turn it is.
            answers={**dict.fromkeys(SEEN, 422), "manager": 422, "handler": 302},
        ),
        # Everybody who sees a matter keeps their own words on it, and forgets only those.
        Page("desk:draft", [matter.number, "note"], method="post",
             answers={**SEEN, "manager": 200}),
        Page("desk:draft_drop", [matter.number, "note"], method="post",
             answers={**dict.fromkeys(SEEN, 302), "manager": 302}),
        Page(
            "desk:contact", [matter.number], method="post",
            answers={**SEEN, "manager": 302},
        ),
        # Refused with a sentence, because it is no recording; an outsider does not learn of it.
        Page("desk:transcript", ["0.txt"], method="post",
             answers={**dict.fromkeys(SEEN, 302), "manager": 302}),
        Page("desk:file", ["1.txt"]),
        Page("desk:notices", answers=everybody),
        Page("desk:notices_read", method="post", answers=dict.fromkeys(everybody, 302)),
        Page("desk:notice", [Notice.objects.get().pk], answers={"handler": 302}),
        Page("desk:notices_how", answers=everybody),
        Page("desk:notices_choose", ["own"], method="post", answers=dict.fromkeys(everybody, 422)),
        Page("desk:notices_test", [1], method="post"),
        Page("desk:notices_failed", answers=dict.fromkeys(LOOK_AFTER, 200)),
        Page("desk:notice_again", [1], method="post"),
        Page("desk:account", answers=everybody),
        Page("desk:factor", answers=everybody),
        # Without the password: refused with the page.
        Page("desk:factor_remove", method="post", others=422),
        Page("desk:factor_codes", method="post", others=422),
        Page("desk:file_pdf", [matter.number], answers={**SEEN, "manager": 200}),
        *own_pages(cast["handler"], cast["leader"], everybody),
        *offline_pages(ledger),
        # What a stream tells whom: daodi/web/live/tests.
        Page("desk:live", answers=dict.fromkeys(everybody, 204)),
        *(
            # What each may count: daodi/web/tests/test_figures.py.
            Page(f"desk:{name}", args, answers=everybody)
            for name, args in (
                ("figures", []), ("figures_by", ["unit"]), ("figures_time", []), ("board", []),
            )
        ),
        # Without the name of a figure there is no list.
        Page("desk:figures_list"),
        Page("desk:today", answers=dict.fromkeys(("leader", "supervisor", "outsider"), 200)),
        Page("desk:view_remove", [view.pk], method="post", answers={"handler": 302}),
        *(
            Page(f"desk:{name}", answers=dict.fromkeys(("manager", "supervisor", "outsider"), 200))
            for name in ("log", "log_file", "log_matters", "log_matters_file")
        ),
    ]  # fmt: skip
    # A dispatched matter has its own page; the next item is none, which is a page too.
    template = AnswerTemplate.objects.create(
        name="t", text="t", move="note", owner=cast["operator"], unit=cast["operator"].unit
    )
    only = {"operator": 200, "outsider": 200}
    pages += [
        Page("desk:next", answers=only),
        Page("desk:judgement", answers={**only, "manager": 200}),
        Page("desk:judgement_limit", [ledger.pk], method="post", answers={"manager": 302}),
        Page("desk:judgement_keywords", [ledger.pk], method="post", answers={"manager": 302}),
        Page("desk:judgement_use", [ledger.pk, 1], method="post"),
        *role_pages(course, matter),
        *supervision_pages(course, cast, outsider),
        Page("desk:sort", [matter.number], answers={"operator": 302}),
        Page("desk:hold", [matter.number], answers={"operator": 200}),
        # Nothing is marked: refused with a sentence.
        Page("desk:recurrence", [matter.number], method="post", answers={"operator": 302}),
        Page("desk:bulk", answers={}),
        Page("desk:caller", method="post", answers={**only, "supervisor": 200}, stranger=302),
        Page("desk:templates", answers=everybody),
        Page("desk:template_new", answers=everybody),
        Page("desk:template", [template.pk], answers={"operator": 200, "manager": 200}),
        # Gone once the first of them has removed it.
        Page("desk:template_remove", [template.pk], method="post", answers={"operator": 302}),
    ]
    check(pages, {**cast, "outsider": outsider, "manager": manager})
    managed = manage_pages(unit, ledger, manager)
    check(managed, {**cast, "manager": manager})
    reading = knowledge_pages(course, cast["operator"])
    check(reading, {**cast, "outsider": outsider, "manager": manager})
    told = report_pages(ledger, manager)
    check(told, {**cast, "outsider": outsider, "manager": manager})
    check_complete("desk", pages + managed + reading + told)


def report_pages(ledger, manager) -> list[Page]:
    """Drafts are for those who write them, in the house that runs or supervises the ledger."""
    day = timezone.localtime(timezone.now()).date()
    draft = make_report(ledger, "daily", day, day, by=manager, now=timezone.now())
    writers = {"supervisor": 200, "manager": 200}
    refused = {"supervisor": 422, "manager": 422, "outsider": 422}
    unchanged = {"supervisor": 422, "manager": 422}
    post = {"method": "post"}
    section = [draft.pk, "overview"]
    return [
        Page("desk:reports", answers={**writers, "leader": 200, "outsider": 200}),
        Page("desk:report_new", answers=refused, **post),
        Page("desk:report", [draft.pk], answers=writers),
        Page("desk:report_file", [draft.pk, "docx"], answers=writers),
        # Without title and heading: refused with the page.
        Page("desk:report_frame", [draft.pk], answers=unchanged, **post),
        Page("desk:report_section", section, answers=unchanged, **post),
        Page("desk:report_restore", section, answers={"supervisor": 302, "manager": 302}, **post),
        # Gone once the first of them has thrown it away.
        Page("desk:report_act", [draft.pk, "discard"], answers={"supervisor": 302}, **post),
    ]


def knowledge_pages(course, operator) -> list[Page]:
    """Everybody reads what is published; those who run the ledger decide what becomes public."""
    entry, editor = make_entry(by=make_editor()), {"outsider": 200, "operator": 200}
    number = course(make_matter(may_publish=True)).cleared().matter.number
    waiting = make_matter().number
    everybody = {**SEEN, "outsider": 200, "manager": 200}
    proposal = propose(
        entry, question="?", answer="!", by=make_member("second", Role.HANDLER), now=NOON
    )
    post = {"method": "post"}
    return [
        Page("desk:knowledge", answers=everybody),
        Page("desk:knowledge_new", answers={**editor, "manager": 200}),
        Page("desk:knowledge_pick", answers=everybody),
        Page("desk:knowledge_entry", [entry.pk], answers=everybody),
        Page("desk:knowledge_edit", [entry.pk], answers={"operator": 200, "manager": 200}),
        Page(
            "desk:knowledge_act", [entry.pk, "withdraw"], answers=dict.fromkeys(everybody, 422),
            **post,
        ),
        Page(
            "desk:knowledge_proposal", [entry.pk, proposal.pk],
            answers=dict.fromkeys(everybody, 302), **post,
        ),
        Page("desk:publishing", answers=editor),
        Page("desk:publication", [number], answers={"operator": 200}),
        # Of what is not public no entry is made, whoever asks.
        Page("desk:publication_entry", [number], **post),
        Page("desk:known", [waiting], answers={"operator": 200}),
        Page("desk:publication_off", [number], answers={"operator": 422}, **post),
    ]  # fmt: skip


def role_pages(course, matter) -> list[Page]:
    """What each role begins its day on is there for that role only."""
    called = course().handed_in().matter.number
    draw(timezone.now())
    call = {"caller": 200}
    return [
        Page("desk:follow_up", answers={"caller": 302, "outsider": 200}),
        Page("desk:call", [called], answers=call),
        Page("desk:follow_up_rules", answers=dict.fromkeys(LOOK_AFTER, 200)),
        Page(
            "desk:follow_up_rule", [matter.ledger_id], answers=dict.fromkeys(LOOK_AFTER[:2], 200)
        ),
        Page("desk:call_contact", [called], method="post", answers=call),
        # Refused with a sentence: it does not say what came of the call.
        Page("desk:call_try", [called], method="post", answers={"caller": 302}),
        Page("desk:first", answers={"handler": 200, "outsider": 200}),
        # Refused with the page: it was signed for.
        Page("desk:first_step", [called, "accept"], method="post", answers={"handler": 422}),
        Page("desk:lead", answers={"leader": 200, "outsider": 200}),
        # Refused with the page: nothing waits for a signature.
        Page(
            "desk:lead_step", [matter.number, "sign"], method="post", answers={"leader": 422}
        ),
    ]  # fmt: skip


def supervision_pages(course, cast, outsider) -> list[Page]:
    """The board is the supervisor's; an early sign is read by who wrote it and whom it concerns."""
    run = course().accepted().step("press", "supervisor", text="Today!", limit="P1D")
    pressed, order, boss = run.matter, run.matter.orders.get(), cast["supervisor"]
    unit = cast["handler"].unit
    sign = write_reminder(
        [pressed], kind="prompt", unit=unit, topic="Lamps", text="Look.", by=boss,
        now=timezone.now(),
    )  # fmt: skip
    only, post = {"supervisor": 200, "outsider": 200}, {"method": "post"}
    refused = {**dict.fromkeys(("handler", "leader", "supervisor", "manager"), 422)}
    seen = {**dict.fromkeys(("handler", "leader", "supervisor", "manager"), 200)}
    return [
        *(Page(f"desk:{name}", answers=only) for name in ("supervision", "excluded", "orders")),
        Page("desk:questions", answers=only),
        Page("desk:question", ["without_contact", unit.pk], answers=only),
        Page("desk:watch", ["red"], answers=only),
        # Refused with the page: nothing was answered, nothing is left out.
        Page(
            "desk:order_step", [pressed.number, "close_order"], answers={"supervisor": 422}, **post
        ),
        Page("desk:include", [pressed.number, "include"], answers={"supervisor": 422}, **post),
        Page("desk:order_pdf", [order.pk], answers={**SEEN, "manager": 200}),
        Page("desk:reminders", answers={**SEEN, "outsider": 200, "manager": 200}),
        # Nothing was ticked.
        Page("desk:reminder_new", answers={"supervisor": 302, "outsider": 302}),
        Page("desk:reminder", [sign.pk], answers=seen),
        Page("desk:reminder_step", [sign.pk, "answer"], answers=refused, **post),
    ]


def own_pages(handler, leader, everybody) -> list[Page]:
    """What everybody sets for themselves; others' absences are for who leads or manages them."""
    day = timezone.localtime(timezone.now()).date()
    away = enter_absence(
        handler, deputy=leader, first_day=day, last_day=day, by=handler, now=timezone.now()
    )
    return [
        Page("desk:me", answers=everybody),
        Page("desk:me_name", method="post", answers=dict.fromkeys(everybody, 422)),
        Page("desk:me_password", method="post", answers=dict.fromkeys(everybody, 422)),
        Page("desk:me_sign_out", method="post", answers=dict.fromkeys(everybody, 302)),
        Page("desk:absences", answers=everybody),
        Page("desk:absence_for", [handler.pk], answers={"leader": 200, "manager": 200}),
        # The first one ends it: then it is not there any more.
        Page("desk:absence_end", [away.pk], method="post", answers={"handler": 302}),
    ]


def offline_pages(ledger) -> list[Page]:
    """A unit's table is for who handles, calls are for who runs the ledger."""
    handles = {"handler": 200, "outsider": 200}
    refused = {"operator": 422, "outsider": 422}
    return [
        Page("desk:offline", answers={**handles, "operator": 200}),
        Page("desk:offline_work", answers=handles),
        # Without a file: refused with the page.
        Page("desk:offline_work_new", method="post", answers=dict.fromkeys(handles, 422)),
        Page("desk:offline_typed_new", method="post", answers=refused),
        Page("desk:offline_template", [ledger.pk], answers={"operator": 200}),
        # Nothing was uploaded.
        Page("desk:offline_work_trial"),
        Page("desk:offline_work_done"),
        Page("desk:offline_work_left"),
        Page("desk:offline_typed_trial", [ledger.pk]),
        Page("desk:offline_typed_left", [ledger.pk]),
    ]


def manage_pages(unit, ledger, boss) -> list[Page]:
    """The manager's own pages are not there for anybody else, whatever is sent to them."""
    category = ledger.categories.get()
    line = add_line(ledger, category=category, lead=unit)
    place = add_place(Facts("幸福小区", "estate", make_town()), by=None)
    clerk = make_member("clerk", Role.EDITOR, unit="centre")
    guest = make_member("guest", Role.EDITOR, unit="guests")
    waiting = invite(unit, [Role.EDITOR], by=boss, now=timezone.now())
    posted = {"method": "post", "answers": {"manager": 422}}
    return [
        *(
            Page(f"desk:{name}", answers=MANAGED)
            for name in (
                "units",
                "gazetteer",
                "place_new",
                "places",
                "places_file",
                "places_template",
                "ledgers",
                "ledger_new",
                "calendar",
                "invitations",
                "manage",
                "factorless",
                "towns",
            )
        ),
        *(
            Page(f"desk:{name}", [unit.pk], answers=MANAGED)
            for name in ("unit", "unit_new", "member_new", "invite_new")
        ),
        *(
            Page(f"desk:{name}", [ledger.pk], answers=MANAGED)
            for name in (
                "ledger",
                "categories",
                "catalogue",
                "check",
                "lines",
                "lines_file",
                "ledger_text",
                "ledger_text_file",
            )
        ),
        # Of the topmost unit: refused with the page, for the day is missing.
        Page("desk:calendar_day", **posted),
        Page("desk:unit_move", [unit.pk], **posted),
        Page("desk:policy_edit", [ledger.policy_id], answers=MANAGED),
        Page("desk:policy", [ledger.policy_id], answers=MANAGED),
        Page("desk:member", [clerk.pk], answers=MANAGED),
        Page("desk:member_place", [clerk.pk], method="post", answers={"manager": 302}),
        Page("desk:member_password", [clerk.pk], method="post", answers=MANAGED),
        Page("desk:member_factor", [clerk.pk], method="post", answers={"manager": 302}),
        Page("desk:invite_member", [guest.pk], method="post", answers=MANAGED),
        Page("desk:invite_many", [guest.unit_id], method="post", answers={"manager": 302}),
        Page("desk:invitation_renew", [waiting.pk], method="post", answers=MANAGED),
        Page("desk:invitation_revoke", [waiting.pk], method="post", answers={"manager": 302}),
        Page("desk:category", [ledger.pk, category.pk], answers=MANAGED),
        Page("desk:category_new", [ledger.pk], **posted),
        Page("desk:categories_many", [ledger.pk], **posted),
        Page(
            "desk:category_use", [ledger.pk, category.pk], method="post", answers={"manager": 302}
        ),
        Page("desk:line", [ledger.pk, line.number], answers=MANAGED),
        Page("desk:organisation", answers=MANAGED),
        Page("desk:organisation_file", answers=MANAGED),
        Page("desk:organisation_template", answers=MANAGED),
        # Nothing was uploaded.
        Page("desk:organisation_trial"),
        Page("desk:places_trial"),
        Page("desk:place", [place.pk], answers=MANAGED),
        Page("desk:place_join", [place.pk], **posted),
        Page("desk:place_use", [place.pk], method="post", answers={"manager": 302}),
        Page("desk:lines_trial", [ledger.pk]),
        Page("desk:ledger_text_trial", [ledger.pk]),
        Page("desk:line_remove", [ledger.pk, line.number], method="post", answers={"manager": 302}),
    ]
