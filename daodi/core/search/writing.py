"""Keep the index: what can be found of a row changes in the transaction of its cause."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import Max

from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.people.places import TOWN_DIGITS
from daodi.core.search.models import COURSE, MATTER, PUBLISHED, Indexed, salt_of
from daodi.lib.pairs import fold, pairs_of
from daodi.lib.text import clean

# A change of these columns of a matter changes what it is found by.
SEARCHED = frozenset(
    {"title", "text", "address", "extra", "category", "unit", "division", "account", "answer"}
)
BATCH = 1000
_STORE = """
INSERT INTO core_indexed (kind, ref, text, pairs) VALUES (%s, %s, %s, %s::text::int[])
ON CONFLICT (kind, ref) DO UPDATE SET text = excluded.text, pairs = excluded.pairs
"""
_ADD = """
INSERT INTO core_indexed (kind, ref, text, pairs) VALUES (%s, %s, %s, %s::text::int[])
ON CONFLICT (kind, ref) DO UPDATE SET text = core_indexed.text || E'\n' || excluded.text,
    pairs = ARRAY(SELECT DISTINCT unnest(core_indexed.pairs || excluded.pairs))
"""


def index(kind: str, ref: int, *texts: str) -> None:
    """Let the row `ref` be found by these texts, in place of what it was found by before."""
    _store([_row(kind, ref, texts)])


def remove(kind: str, *refs: int) -> None:
    """Let these rows be found no more."""
    Indexed.objects.of(kind).filter(ref__in=refs).delete()


def index_matter(matter: Matter) -> None:
    """Let a matter be found by what it says now; an erased one by its number alone."""
    if matter.erased_at:
        for kind in (MATTER, COURSE, PUBLISHED):
            remove(kind, matter.pk)
    else:
        _store(rows_of([matter]))


def add_line(matter: Matter, text: str) -> None:
    """Let a matter be found, from now on, by what was said in the course of it as well."""
    _store([_row(COURSE, matter.pk, [text])], _ADD)


def index_courses(courses: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Let matters, by their keys, be found by these lines in place of those before."""
    _store([_row(COURSE, pk, lines) for pk, lines in courses])


def rows_of(matters: Sequence[Matter]) -> list[Indexed]:
    """Return the rows of the index for these matters, unsaved."""
    divisions = [matter.division for matter in matters if matter.division]
    codes = {place.code[:TOWN_DIGITS] for place in divisions if len(place.code) > TOWN_DIGITS}
    towns = Division.objects.filter(code__in=codes) if codes else ()
    names = {town.code: town.name for town in towns}
    return [_row(MATTER, matter.pk, _said(matter, names)) for matter in matters]


def reindex(*, after: int = 0, up_to: int | None = None) -> Iterator[int]:
    """Index all matters anew whose keys lie behind `after`, and not behind `up_to`.

    Yield the last key of each batch once it is stored: there a stopped run can go on. The rows of
    a batch are locked meanwhile, so that nothing older is written over what somebody changes.
    """
    last = last_key() if up_to is None else up_to
    matters = Matter.objects.filter(erased_at=None, pk__lte=last).order_by("pk")
    matters = matters.select_related("category", "unit", "division")
    matters = matters.select_for_update(of=["self"], no_key=True)
    while True:
        with transaction.atomic():
            batch = list(matters.filter(pk__gt=after)[:BATCH])
            _store(rows_of(batch))
        if not batch:
            return
        after = batch[-1].pk
        yield after


def last_key() -> int:
    """Return the greatest key of all matters."""
    return Matter.objects.aggregate(last=Max("pk"))["last"] or 0


def lacks_index() -> bool:
    """Say whether the site comes from a version that had none: it has matters, and no index."""
    return Matter.objects.exists() and not Indexed.objects.of(MATTER).exists()


def _said(matter: Matter, towns: dict[str, str]) -> Iterator[str]:
    """Yield what a matter is found by, what it is about first."""
    yield from (matter.title, matter.text, matter.address)
    if matter.division:
        yield from (matter.division.name, towns.get(matter.division.code[:TOWN_DIGITS], ""))
    for named in (matter.category, matter.unit):
        if named:
            yield from (named.name, named.name_en)
    yield from (matter.answer, matter.account)
    yield from (value for value in matter.extra.values() if isinstance(value, str))


def _row(kind: str, ref: int, texts: Iterable[str]) -> Indexed:
    text = fold("\n".join(clean(text, lines=True) for text in texts if text))
    return Indexed(kind=kind, ref=ref, text=text, pairs=sorted(pairs_of(text, salt_of(kind))))


def _store(rows: Sequence[Indexed], statement: str = _STORE) -> None:
    """Put rows in place of those with the same keys; the pairs as text, for they are many."""
    values = [(row.kind, row.ref, row.text, f"{{{','.join(map(str, row.pairs))}}}") for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
