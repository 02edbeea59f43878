"""Extra fields: what fits is stored in one form, what does not is refused with the field's name."""

import pytest

from daodi.core.exceptions import Refused
from daodi.core.ledgers.fields import Field, FieldRefused, clean_extra

CHOICES = ["a", "b"]


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        ("text", "  a\tb\x00\u202e ", "a b"),
        ("long", "a\r\nb ", "a\nb"),
        ("number", " 1.50 ", "1.5"),
        ("number", 0, "0"),
        ("number", "1e3", "1000"),
        ("number", "-0.07", "-0.07"),
        ("date", "2026-11-21", "2026-11-21"),
        ("date", "2026-11-21T08:00:00", "2026-11-21"),
        ("choice", "a", "a"),
        ("choices", ["a", "b"], ["a", "b"]),
        ("choices", "a", ["a"]),
        ("yes", "on", True),
        ("yes", "是", True),
        ("yes", None, False),
        ("yes", "no", False),
        ("phone", "138 0000-0000", "13800000000"),
        ("phone", "0371-12345678", "037112345678"),
        ("text", " ", None),
        ("number", "", None),
        ("choices", [], None),
    ],
)
def test_what_fits(kind, given, stored) -> None:
    assert Field("f", "Field", type=kind, choices=("a", "b")).clean(given) == stored


@pytest.mark.parametrize(
    ("kind", "given", "why"),
    [
        ("text", "x" * 201, "at most 200 characters"),
        ("long", "x" * 2001, "at most 2000 characters"),
        ("number", "many", "write a number"),
        ("number", "NaN", "write a number"),
        ("number", "Infinity", "write a number"),
        ("number", "1e999999999", "write a number"),
        ("number", "1e-999999999", "write a number"),
        ("date", "2026-02-30", "write a date"),
        ("date", "tomorrow", "write a date"),
        ("choice", "c", "choose one of: a, b"),
        ("choices", ["a", "c"], "choose one of: a, b"),
        ("choice", ["a"], "choose one of: a, b"),
        ("phone", "12", "write a mobile or landline number"),
    ],
)
def test_what_does_not_fit(kind, given, why) -> None:
    field = Field("f", "Field", type=kind, choices=("a", "b"))
    with pytest.raises(FieldRefused, match=f"^Field: {why}") as refused:
        field.clean(given)
    assert refused.value.name == "f"


@pytest.mark.parametrize("given", [None, "", "  ", "\u200b", [], False])
def test_what_is_needed_is_needed(given) -> None:
    with pytest.raises(FieldRefused, match="Field is needed"):
        Field("f", "Field", required=True).clean(given)
    assert Field("f", "Field", type="number", required=True).clean(0) == "0"


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ({"name": "a", "label": "A", "type": "colour"}, "Field type colour is unknown"),
        ({"name": "A", "label": "A"}, "A cannot be a field's name"),
        ({"label": "A"}, "None cannot be a field's name"),
        ({"name": "a"}, "The field a needs a label"),
        ({"name": "a", "label": "A", "colour": "red"}, "knows nothing of: colour"),
        ({"name": "a", "label": "A", "type": "choice"}, "needs its choices"),
    ],
)
def test_a_field_that_makes_no_sense(spec, why) -> None:
    with pytest.raises(Refused, match=why):
        Field.read(spec)


def test_only_what_the_ledger_asks_for_is_kept() -> None:
    specs = [{"name": "point", "label": "点位"}, {"name": "lamps", "label": "灯", "type": "number"}]
    assert clean_extra(specs, {"point": "7", "lamps": "", "is_admin": True}) == {"point": "7"}
