"""How each ledger's residents are asked afterwards, and what came of it lately."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.followup.draw import verify
from daodi.core.followup.models import FollowUp, FollowUpRule
from daodi.core.followup.rules import RULERS, change_rule, rule_of, ruled_by
from daodi.lib.days import day_of
from daodi.web.forms.base import tried
from daodi.web.forms.follow_up import RuleForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.follow_up import show_check, show_ledger

LATELY = timedelta(days=30)


@page_for(*RULERS)
def rules(request: MemberRequest) -> HttpResponse:
    """Show the rules with the numbers of the last 30 days; with ?check draw once more."""
    since = day_of(timezone.now()) - LATELY
    ledgers = list(ruled_by(request.member).active())
    known = {rule.ledger_id: rule for rule in FollowUpRule.objects.filter(ledger__in=ledgers)}
    lately = FollowUp.objects.filter(matter__ledger__in=ledgers)
    numbers = {row["matter__ledger"]: row for row in lately.numbers(since)}
    checked: dict[str, Any] | None = None
    if "check" in request.GET:
        rows = lately.filter(day__gte=since).for_check()
        checked = show_check(rows.count(), list(verify(rows.iterator())))
    context = {
        "checked": checked,
        "ledgers": [
            show_ledger(each, known.get(each.pk) or FollowUpRule(), numbers.get(each.pk, {}))
            for each in ledgers
            if each.residents_file or each.pk in numbers
        ],
    }
    return render(request, "desk/follow_up/rules.html", context)


@page_for(*RULERS)
def rule(request: MemberRequest, pk: int) -> HttpResponse:
    """Change whom callers ask, how often, and in which words."""
    ledger = get_object_or_404(ruled_by(request.member).select_related("unit"), pk=pk)
    post = request.POST if request.method == "POST" else None
    form = RuleForm(rule_of(ledger), post)
    back = reverse("desk:follow_up_rules")
    if form.is_bound and form.is_valid():
        act = partial(change_rule, ledger, by=request.member, **form.cleaned_data)
        if tried(form, act):
            messages.success(request, _("Saved. It holds from the next draw on."))
            return redirect(back)
    context = {
        "title": ledger,
        "crumbs": [(_("Follow-up rules"), back)],
        "lead": _("How residents are asked whether it is solved, and whether they are satisfied."),
        "form": form,
        "word": _("Save"),
        "back_url": back,
    }
    return render(request, "desk/manage/form.html", context, status=422 if form.errors else 200)
