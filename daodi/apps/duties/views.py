"""Work lists: the list, one duty with its process, its versions and what changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.apps.duties.flow import draw
from daodi.apps.duties.forms import AnswerForm, CommentForm, FilterForm, StartForm
from daodi.apps.duties.models import Comment, Duty, Version
from daodi.apps.duties.paging import in_order
from daodi.apps.duties.reviewing import answer_comment, comment, differences
from daodi.apps.duties.rights import APPROVERS, WRITERS, may_approve, may_end, may_start, may_write
from daodi.apps.duties.rounds import running_part, waiting_in
from daodi.apps.duties.showing import picture_of, show_blocks, show_versions
from daodi.apps.duties.starting import start_process
from daodi.apps.duties.steps import total_days
from daodi.apps.duties.writing import approve, discard, end_duty, share
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.lib.text import listed
from daodi.web.forms.base import tried
from daodi.web.pages import MemberRequest, member_page

MOST_VERSIONS = 30


@member_page
def duties(request: MemberRequest) -> HttpResponse:
    """Show the work lists that the member may read, unit by unit."""
    member = request.member
    seen = Duty.objects.visible_to(member).filter(ended_at=None)
    form = FilterForm(seen, request.GET)
    part = running_part(member.unit) if member.has(*WRITERS) else None
    context = {
        "form": form,
        "page": in_order(form.keep(seen).for_list().with_draft(), request),
        "clear_url": "?" if form.is_filled() else "",
        "query": request.GET.urlencode(),
        "unit": form.cleaned_data.get("unit") if form.is_valid() else None,
        "part": part,
        "waiting": len(waiting_in(part)) if part else 0,
        "may_write": member.has(*WRITERS),
        "ledgers": Ledger.objects.run_by(member).active().filter(residents_file=True)
        if member.has(Role.MANAGER) else [],
    }  # fmt: skip
    return render(request, "duties/duties.html", context)


@member_page
def duty(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a duty as it is in force, or the draft of a new one."""
    found = get_object_or_404(Duty.objects.visible_to(request.member).for_page(), pk=pk)
    number = found.current.number if found.current else 1
    return _page(request, fetch_version(request.member, pk, number))


@member_page
def version(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Show what a version says, or said."""
    return _page(request, fetch_version(request.member, pk, number))


@member_page
def changes(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Show line by line what a version changed."""
    found = fetch_version(request.member, pk, number)
    before = found.duty.versions.filter(number__lt=number).first()
    blocks = differences(before, found)
    same = listed(block.name for block in blocks if not block.is_changed)
    context = {"version": found, "before": before, "blocks": blocks, "same": same}
    return render(request, "duties/changes.html", context)


@member_page
def flow(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Answer with the flow chart as a picture."""
    return svg_of(fetch_version(request.member, pk, number))


@require_POST
@member_page
def act(request: MemberRequest, pk: int, number: int, name: str) -> HttpResponse:
    """Share, approve or discard a draft; start or end what is in force."""
    found, now, member = fetch_version(request.member, pk, number), timezone.now(), request.member
    if name == "start":
        run = start_process(found.duty, text=request.POST.get("text", ""), by=member, now=now)
        messages.success(request, _("Started: the first limit runs."))
        return redirect("desk:matter", run.matter.number)
    acts = {
        "share": lambda: share(found, by=member, now=now),
        "approve": lambda: approve(found, by=member, now=now),
        "discard": lambda: discard(found, by=member),
        "end": lambda: end_duty(found.duty, by=member, now=now),
    }
    if name not in acts:
        raise Http404
    acts[name]()
    messages.success(request, _("Done."))
    if name in ("discard", "end"):
        return redirect("duties:duties")
    return redirect("duties:duty", pk)


@require_POST
@member_page
def comment_on(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Say something of one line."""
    found, form = fetch_version(request.member, pk, number), CommentForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        said = tried(form, lambda: comment(
            found, given["line"], given["text"], by=request.member, now=timezone.now()
        ))  # fmt: skip
        if said:
            page = reverse("duties:version", args=[pk, number])
            return redirect(f"{page}#{said.line}")
    return _page(request, found, form)


@require_POST
@member_page
def comment_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer a comment: taken over, or why not."""
    seen = Version.objects.visible_to(request.member)
    comments = Comment.objects.filter(version__in=seen).select_related("version__duty__unit")
    said, form = get_object_or_404(comments, pk=pk), AnswerForm(request.POST)
    if form.is_valid():
        is_taken = request.POST.get("taken") == "yes"
        answer_comment(
            said, form.cleaned_data["text"], is_taken=is_taken, by=request.member,
            now=timezone.now(),
        )  # fmt: skip
    return redirect("duties:version", said.version.duty_id, said.version.number)


def fetch_version(member: Member, pk: int, number: int) -> Version:
    """Return a version that the member may read; otherwise it is not there."""
    seen = Version.objects.visible_to(member).for_page()
    found: Version = get_object_or_404(seen, duty=pk, number=number)
    return found


def svg_of(found: Version) -> HttpResponse:
    if not found.steps:
        raise Http404
    picture = draw(found.process(), found.title, "sans-serif")
    return HttpResponse(picture, content_type="image/svg+xml")


def _page(request: MemberRequest, found: Version, wrong: CommentForm | None = None) -> HttpResponse:
    member = request.member
    comments = list(found.comments.select_related("by__user", "by__unit", "answered_by__user"))
    versions = found.duty.versions.visible_to(member).for_page()[:MOST_VERSIONS]
    steps = found.process()
    context: dict[str, Any] = {
        "version": found,
        "duty": found.duty,
        "is_current": found.duty.current_id == found.pk,
        "blocks": show_blocks(found, comments),
        "picture": picture_of(found) if steps else "",
        "steps": steps,
        "days": total_days(steps),
        "categories": found.categories.select_related("ledger"),
        "versions": show_versions(list(versions)),
        "waiting": sum(each.answered_at is None for each in comments),
        "wrong": wrong,
        "may_comment": not found.duty.ended_at,
        "start": StartForm(),
        **_offers(member, found),
    }
    return render(request, "duties/duty.html", context, status=422 if wrong else 200)


def _offers(member: Member, found: Version) -> dict[str, bool]:
    duty_, is_current = found.duty, found.duty.current_id == found.pk
    is_listed = duty_.ended_at is None
    writes = may_write(member, duty_.unit) and is_listed
    has_process = is_current and is_listed and bool(found.steps)
    return {
        "may_edit": writes and (is_current or found.is_draft),
        "may_answer": writes,
        "may_share": writes and found.is_draft and not found.shared_at,
        "may_approve": found.is_draft and may_approve(member, found),
        "may_discard": writes and found.is_draft,
        "may_end": is_current and is_listed and may_end(member, duty_),
        "may_start": has_process and may_start(member, duty_),
        "is_approver": member.has(*APPROVERS),
    }
