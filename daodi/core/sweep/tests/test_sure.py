"""A new filing gets its suggestion at once; sure ones are listed, where the ledger wants that."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from daodi.core.history.erasure import erase
from daodi.core.intake.advice import keep_why
from daodi.core.intake.suggest import suggest
from daodi.core.judgement.models import Advice, Learning
from daodi.core.judgement.nightly import learn_for
from daodi.core.judgement.services import list_from
from daodi.core.judgement.tests.makers import LATER, make_history, make_scheme
from daodi.core.ledgers.catalogue import add_line
from daodi.core.sweep.sure import advise_and_list
from daodi.core.workflow.listing import list_matter
from tests.makers import make_category, make_ledger, make_matter, make_unit, reread

TEXT = "我家门口，公交改线，修路挖断，请尽快处理"


@pytest.fixture
def learnt(db):
    ledger = make_history()
    learn_for(ledger, LATER)
    return ledger


def test_a_filing_queues_the_job_that_suggests(db) -> None:
    matter = make_matter()
    queued = ProcrastinateJob.objects.filter(task_name="daodi.core.tasks.advise_on")
    assert queued.latest("id").args == {"matter_id": matter.pk}


def test_a_suggestion_is_written_down_with_unit_and_reasons(learnt) -> None:
    roads = make_scheme()[1]["roads"]
    add_line(learnt, category=roads, lead=make_unit("bureau"), basis="Duties, 3")
    matter = make_matter(TEXT)
    assert not advise_and_list(matter.pk, LATER)
    advice = Advice.objects.get()
    assert (advice.category, advice.unit) == (roads, make_unit("bureau"))
    assert advice.unit_reason == "catalogue line 1: Duties, 3"
    assert advice.version.number == 1
    best = suggest(matter)[0]
    assert (best.category, best.unit) == (roads, make_unit("bureau"))
    assert best.confidence == advice.confidence > 0.8
    assert best.reason.startswith("words: ")
    assert reread(matter).state == "received"


def test_on_the_first_day_the_keywords_are_written_down(db) -> None:
    lamps = make_category(make_ledger(), "CX0101", "Lamps", keywords=["street lamp"])
    list_from(make_ledger(), 50, by=None)
    matter = make_matter("The street lamp, the street lamp.", title="A street lamp is dark")
    assert not advise_and_list(matter.pk, LATER)
    advice = Advice.objects.get()
    assert (advice.version, advice.category) == (None, lamps)
    assert advice.confidence > 0.5


def test_what_is_sure_is_listed_where_the_ledger_wants_it(learnt, manager) -> None:
    roads = make_scheme()[1]["roads"]
    list_from(learnt, 80, by=manager)
    matter = make_matter(TEXT)
    assert advise_and_list(matter.pk, LATER)
    listed = reread(matter)
    assert (listed.state, listed.category) == ("listed", roads)
    line = listed.events.order_by("-seq").first()
    assert (line.name, line.side, line.by) == ("list", "system", None)
    assert Advice.objects.get().is_listed
    # What came twice, or too late, changes nothing.
    assert not advise_and_list(matter.pk, LATER)


def test_without_a_threshold_nothing_is_listed_however_sure(learnt, manager) -> None:
    assert not Learning.objects.exists()
    matter = make_matter(TEXT)
    assert not advise_and_list(matter.pk, LATER)
    # As before the ledger said anything, so after it has taken its word back.
    list_from(learnt, 50, by=manager)
    list_from(learnt, None, by=manager)
    again = make_matter(TEXT)
    assert not advise_and_list(again.pk, LATER)
    assert [reread(each).state for each in (matter, again)] == ["received", "received"]
    assert set(Advice.objects.values_list("version__number", "is_listed")) == {(1, False)}


def test_what_was_listed_by_itself_is_counted_apart(learnt, manager, operator) -> None:
    list_from(learnt, 80, by=manager)
    kept, changed = make_matter(TEXT), make_matter(TEXT)
    for each in (kept, changed):
        advise_and_list(each.pk, LATER)
    health = make_scheme()[1]["health"]
    list_matter(reread(changed), category=health, kind="help", urgency="normal", by=operator,
                now=LATER)  # fmt: skip
    given = Advice.objects.filter(ledger=learnt)
    counts = given.listed_alone().counted()
    assert (counts["n"], counts["right"]) == (2, 1)
    assert given.decided().counted()["n"] == 0


@pytest.mark.parametrize("why", ["unsure", "confidential", "chosen"])
def test_what_is_not_sure_waits_for_an_operator(learnt, manager, why) -> None:
    scheme = make_scheme()[1]
    list_from(learnt, 100 if why == "unsure" else 80, by=manager)
    if why == "confidential":
        scheme["roads"].is_confidential = True
        scheme["roads"].save(update_fields=["is_confidential"])
    chosen = {"category": scheme["health"]} if why == "chosen" else {}
    matter = make_matter(TEXT, **chosen)
    assert not advise_and_list(matter.pk, LATER)
    assert reread(matter).state == "received"
    assert not Advice.objects.get().is_listed


def test_what_people_decided_says_how_good_it_was(learnt, course) -> None:
    roads, health = (make_scheme()[1][name] for name in ("roads", "health"))
    for category in (roads, roads, health):
        run = course(make_matter(TEXT))
        advise_and_list(run.matter.pk, LATER)
        run.step("list", "operator", category=category, kind="help", urgency="normal")
    keep_why(run.matter, " It is  about the ambulance. ", now=LATER)
    make_matter(TEXT)
    found = Advice.objects.filter(ledger=learnt).decided()
    assert found.counted() == {"n": 3, "right": 2, "units": 0, "units_right": 0}
    assert found.by_category() == [
        {"code": "CX01", "n": 2, "right": 2}, {"code": "WS01", "n": 1, "right": 0},
    ]  # fmt: skip
    assert found.instead() == [{"said": "CX01", "chosen": "WS01", "n": 1}]
    (tenth,) = found.by_sureness()
    assert (tenth["n"], tenth["right"]) == (3, 2)
    (week,) = found.by_week()
    assert (week["n"], week["right"]) == (3, 2)
    assert week["week"] > LATER - timedelta(days=7)
    assert run.matter.advice.why == "It is about the ambulance."
    Advice.objects.update(confidence=1)
    (tenth,) = found.by_sureness()
    assert tenth["tenth"] == 9


def test_the_words_that_a_suggestion_named_are_erased_with_the_matter(learnt, course) -> None:
    run = course(make_matter(TEXT))
    advise_and_list(run.matter.pk, LATER)
    keep_why(run.matter, "李雷又来了", now=LATER)
    run.cleared()
    assert Advice.objects.get().guesses[0]["words"]
    erase(run.matter, by=None, reason="law", now=LATER)
    assert Advice.objects.values_list("guesses", "why").get() == ([], "")
