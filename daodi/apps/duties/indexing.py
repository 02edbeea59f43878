"""By which words a duty is found: the desk by all that it says, residents by what they read."""

from collections.abc import Iterator

from django.db import transaction

from daodi.apps.duties.models import Duty, Version
from daodi.apps.duties.querysets import DUTY, GUIDE
from daodi.core.search.writing import index, remove

BATCH = 500


def index_duty(duty: Duty) -> None:
    """Let a duty be found by the version in force; one that has ended by nothing."""
    version = duty.current
    if version is None or duty.ended_at:
        remove(DUTY, duty.pk)
        remove(GUIDE, duty.pk)
        return
    read = (duty.unit.name, *_read_by_residents(version))
    index(DUTY, duty.pk, *read, version.duties, version.cautions)
    if version.is_public:
        index(GUIDE, duty.pk, *read)
    else:
        remove(GUIDE, duty.pk)


def reindex() -> None:
    """Index all duties anew, a batch at a time; each is locked until its batch is stored."""
    duties = Duty.objects.select_related("unit", "current").order_by("pk")
    after = 0
    while True:
        with transaction.atomic():
            batch = list(duties.filter(pk__gt=after).select_for_update(of=["self"])[:BATCH])
            for duty in batch:
                index_duty(duty)
        if not batch:
            return
        after = batch[-1].pk


def _read_by_residents(version: Version) -> Iterator[str]:
    """Yield what stands on the page for residents."""
    yield from (version.title, version.basis, version.papers, version.place)
    for step in version.process():
        yield from (step.what, step.who, step.input, step.output, step.form)
