"""A site learns at night from what it cleared, and uses that only if it does better."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import Refused
from daodi.core.judgement.learning import cases_of
from daodi.core.judgement.models import Advice, Learning, ModelVersion
from daodi.core.judgement.nightly import learn_for, learn_from_cleared
from daodi.core.judgement.services import (
    KEPT,
    activate,
    active_version,
    guesses_for,
    list_from,
    use_keywords,
)
from daodi.core.judgement.tests.makers import LATER, make_cleared, make_history, make_scheme
from daodi.core.matters.models import Matter
from tests.makers import make_category, make_ledger, make_matter

TEXT = "我家门口，公交改线，修路挖断，请尽快处理"


@pytest.fixture
def ledger(db):
    return make_history()


def test_a_night_makes_a_version_that_beats_the_keywords(ledger) -> None:
    assert learn_from_cleared(LATER) == 1
    version = active_version(ledger)
    assert (version.number, version.rows) == (1, 60)
    assert version.figures["rows"] == version.rival["rows"] == 36
    assert version.figures["accuracy"] == 1
    assert version.rival["accuracy"] == 0
    assert version.size == default_storage.size(version.file)
    line = AdminEvent.objects.get(what="model_activated")
    assert (line.before, line.after, line.by) == ({"version": None}, {"version": 1}, None)


def test_a_suggestion_names_words_and_says_how_sure(ledger) -> None:
    version = learn_for(ledger, LATER)
    _ledger, scheme = make_scheme()
    by, (best, *_others) = guesses_for(make_matter(TEXT), list(scheme.values()))
    assert (by, best.category) == (version, scheme["roads"])
    assert best.confidence > 0.8
    assert all(word in TEXT for word in best.words)


def test_a_category_that_was_never_learnt_is_still_found_by_its_words(ledger) -> None:
    learn_for(ledger, LATER)
    new = make_category(ledger, "SW01", "Taxes", keywords=["增值税"])
    _by, guesses = guesses_for(make_matter("公交改线，增值税"), [*make_scheme()[1].values(), new])
    assert new in {guess.category for guess in guesses}


def test_what_does_no_better_is_kept_but_not_used(ledger) -> None:
    first = learn_for(ledger, LATER)
    make_cleared(20, at=LATER - timedelta(days=3), seed=3)
    make_cleared(12, at=LATER + timedelta(days=10), seed=4)
    second = learn_for(ledger, LATER + timedelta(days=28))
    assert second.figures["accuracy"] == second.rival["accuracy"] == 1
    assert active_version(ledger) == first
    assert not second.is_active


def test_a_night_with_little_new_makes_nothing(ledger) -> None:
    learn_for(ledger, LATER)
    assert learn_for(ledger, LATER + timedelta(days=1)) is None
    assert ModelVersion.objects.count() == 1


def test_too_little_teaches_nothing(db) -> None:
    make_cleared(5, at=LATER - timedelta(days=40))
    assert learn_from_cleared(LATER) == 0


@pytest.mark.parametrize("why", ["confidential", "erased", "listed"])
def test_what_is_secret_or_erased_or_was_listed_by_itself_teaches_nothing(ledger, why) -> None:
    one = Matter.objects.filter(cleared_at__lt=LATER - timedelta(days=28)).first()
    if why == "listed":
        Advice.objects.create(
            matter=one, ledger=ledger, at=LATER, is_listed=True, category=one.category
        )
    else:
        one.is_confidential = why == "confidential"
        one.erased_at = LATER if why == "erased" else None
        one.save(update_fields=["is_confidential", "erased_at"])
    assert len(cases_of(ledger)) == 95


def test_what_was_listed_by_itself_and_changed_by_a_person_teaches(ledger) -> None:
    one = Matter.objects.filter(category__code="CX01").first()
    wrong = make_scheme()[1]["health"]
    Advice.objects.create(matter=one, ledger=ledger, at=LATER, is_listed=True, category=wrong)
    assert len(cases_of(ledger)) == 96


def test_a_manager_goes_back_and_to_the_keywords(ledger, manager) -> None:
    first = learn_for(ledger, LATER)
    second = ModelVersion.objects.create(
        ledger=ledger, number=2, made_at=LATER, file=first.file, size=1, rows=1, figures={},
        rival={},
    )  # fmt: skip
    activate(second, by=manager)
    assert active_version(ledger) == second
    activate(first, by=manager)
    assert active_version(ledger) == first
    with pytest.raises(Refused, match="in use already"):
        activate(first, by=manager)
    use_keywords(ledger, by=manager)
    assert active_version(ledger) is None
    with pytest.raises(Refused):
        use_keywords(ledger, by=manager)
    lines = AdminEvent.objects.filter(what="model_activated", by=manager).order_by("pk")
    assert [line.after["version"] for line in lines] == [2, 1, None]


def test_after_somebody_went_back_better_versions_wait(ledger, manager) -> None:
    first = learn_for(ledger, LATER)
    use_keywords(ledger, by=manager)
    make_cleared(20, at=LATER - timedelta(days=3), seed=3)
    make_cleared(12, at=LATER + timedelta(days=10), seed=4)
    second = learn_for(ledger, LATER + timedelta(days=28))
    assert second.figures["accuracy"] > second.rival["accuracy"]
    assert active_version(ledger) is None
    activate(first, by=manager)
    assert Learning.objects.get().is_held
    activate(second, by=manager)
    assert not Learning.objects.get().is_held


def test_a_model_that_is_lost_leaves_the_keywords(ledger) -> None:
    version = learn_for(ledger, LATER)
    name = default_storage.save("models/broken.skops", ContentFile(b"nonsense"))
    ModelVersion.objects.filter(pk=version.pk).update(file=name)
    lamps = make_category(ledger, "CX0101", "Lamps", keywords=["street lamp"])
    by, (best,) = guesses_for(make_matter("The street lamp is broken."), [lamps])
    assert (by, best.category) == (None, lamps)


def test_old_versions_are_forgotten_but_not_the_one_in_use(ledger) -> None:
    first = learn_for(ledger, LATER)
    for number in range(2, KEPT + 3):
        ModelVersion.objects.create(
            ledger=ledger, number=number, made_at=LATER - timedelta(days=200),
            file=f"models/{number}", size=1, rows=1, figures={"accuracy": 0}, rival={},
        )  # fmt: skip
    last = learn_for(ledger, LATER)
    kept = [version.number for version in ModelVersion.objects.of(ledger).newest_first()]
    assert kept == [*range(last.number, last.number - KEPT, -1), first.number]


def test_a_threshold_is_a_percentage_and_leaves_a_line(ledger, manager) -> None:
    with pytest.raises(Refused, match="50 to 100"):
        list_from(ledger, 20, by=manager)
    list_from(ledger, 95, by=manager)
    list_from(ledger, None, by=manager)
    lines = AdminEvent.objects.filter(what="listing_by_itself").order_by("pk")
    assert [line.after for line in lines] == [{"list_from": 95}, {"list_from": None}]
    assert make_ledger().learning.list_from is None
