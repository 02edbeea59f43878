"""Make the index of what was said in the course of matters anew."""

from collections.abc import Iterator
from itertools import groupby

from django.db import transaction

from daodi.core.history.models import EventText
from daodi.core.history.record import said_of
from daodi.core.matters.models import Matter
from daodi.core.search.writing import BATCH, index_courses, last_key


def reindex_courses(*, after: int = 0, up_to: int | None = None) -> Iterator[int]:
    """Index all courses anew of matters whose keys lie behind `after`, and not behind `up_to`.

    Yield the last key of each batch once it is stored. The matters of a batch are locked
    meanwhile, so that no line that somebody adds is lost.
    """
    last = last_key() if up_to is None else up_to
    matters = Matter.objects.filter(erased_at=None, pk__lte=last).order_by("pk")
    matters = matters.only("answer", "account").select_for_update(no_key=True)
    while True:
        with transaction.atomic():
            batch = {matter.pk: matter for matter in matters.filter(pk__gt=after)[:BATCH]}
            index_courses(_lines_of(batch))
        if not batch:
            return
        after = max(batch)
        yield after


def _lines_of(matters: dict[int, Matter]) -> Iterator[tuple[int, list[str]]]:
    words = EventText.objects.filter(event__matter__in=matters).exclude(text="")
    lines = words.order_by("event__matter", "event").values_list("event__matter", "text")
    for pk, group in groupby(lines, lambda line: line[0]):
        known = said_of(matters[pk])
        if found := [text for _pk, text in group if text not in known]:
            yield pk, found
