"""Count many formulas in one pass over facts.

Formulas share most of their conditions. The database asks each condition once of each fact and
counts the facts that answer alike; which of these few hundred kinds a formula counts is said here.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from daodi.core.figures.formulas import Formula
from daodi.core.figures.models import Fact

# A condition as Q has it, without any below it: a pair of a lookup and its value.
Leaf = Any
# Of a formula: its hits, and what they are counted of.
Tally = dict[str, tuple[float, int]]


def tally(facts: QuerySet[Fact], formulas: Iterable[Formula]) -> Tally:
    """Return hits and cases of each formula, by its code."""
    return tally_groups(facts, formulas, ()).get((), {})


def tally_groups(
    facts: QuerySet[Fact], formulas: Iterable[Formula], by: tuple[str, ...] = ("group",)
) -> dict[tuple[Any, ...], Tally]:
    """Return the same for each value of some columns or annotations; groups without facts lack."""
    wanted = list(formulas)
    leaves = list(dict.fromkeys(leaf for each in wanted for leaf in _leaves_of(each)))
    names = [f"is_{number}" for number in range(len(leaves))]
    asked = {
        name: ExpressionWrapper(Q(leaf), output_field=BooleanField())
        for name, leaf in zip(names, leaves, strict=True)
    }
    kinds = facts.order_by().annotate(**asked).values_list(*by, *names).annotate(Count("pk"))
    found: dict[tuple[Any, ...], Tally] = {}
    for row in kinds:
        group, answers, n = row[: len(by)], row[len(by) : -1], row[-1]
        known = dict(zip(leaves, answers, strict=True))
        counted = found.setdefault(group, {each.code: (0.0, 0) for each in wanted})
        for each in wanted:
            if _holds(each.over, known):
                hits, of = counted[each.code]
                counted[each.code] = hits + n * _weight(each, known), of + n
    return found


def _leaves_of(formula: Formula) -> Iterator[Leaf]:
    for condition in (formula.over, *(condition for _weight, condition in formula.hits)):
        yield from _leaves(condition)


def _leaves(condition: Q) -> Iterator[Leaf]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _leaves(child)
        else:
            yield child


def _holds(condition: Q, known: Mapping[Leaf, bool | None]) -> bool:
    """Say whether a condition holds; what is not known does not, as in a filter."""
    answers = (
        _holds(child, known) if isinstance(child, Q) else bool(known[child])
        for child in condition.children
    )
    holds = any(answers) if condition.connector == Q.OR else all(answers)
    return holds != condition.negated


def _weight(formula: Formula, known: Mapping[Leaf, bool | None]) -> float:
    """Return what a case counts as; every case of a plain count is one."""
    if not formula.is_rate:
        return 1.0
    return next((weight for weight, condition in formula.hits if _holds(condition, known)), 0.0)
