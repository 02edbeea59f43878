"""Who may file into a ledger, dispatch from it and read it: the fields of a ledger's page."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Unit
from daodi.core.people.roles import FILERS
from daodi.web.forms.choices import leading_units

# A county has about a hundred units to choose from, a prefecture a thousand.
MOST_BOXES = 200


class UnitKeysField(forms.TypedMultipleChoiceField):
    """Any number of units, as the keys that a ledger keeps; those chosen now stand first."""

    def __init__(self, units: Sequence[Unit], chosen: Collection[int], **kwargs: Any) -> None:
        ordered = sorted(units, key=lambda unit: unit.pk not in chosen)
        few = forms.CheckboxSelectMultiple({"class": "many"})
        super().__init__(
            choices=[(unit.pk, unit) for unit in ordered],
            coerce=int,
            required=False,
            widget=few if len(ordered) <= MOST_BOXES else forms.SelectMultiple({"size": 10}),
            **kwargs,
        )


def who_may_fields(ledger: Ledger) -> dict[str, forms.Field]:
    """Return the fields that say who may do what, with the units of the site to choose from."""
    chosen = [*ledger.filing_units, *ledger.readers]
    units = list(leading_units() | Unit.objects.filter(pk__in=chosen))
    return {
        "leader_dispatches": forms.BooleanField(
            label=_("Operators list, a leader dispatches"),
            help_text=_("A leader of this unit or above it finds on the first page what waits."),
            required=False,
        ),
        "readers": UnitKeysField(
            units,
            ledger.readers,
            label=_("Units that read it besides"),
            help_text=_("They see every matter that is not confidential, and act on none by this."),
        ),
        "filing_roles": forms.MultipleChoiceField(
            label=_("Roles that file for others"),
            help_text=_("At the counter, on the telephone, on the spot."),
            choices=[(role.value, role.label) for role in FILERS],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "filing_units": UnitKeysField(
            units,
            ledger.filing_units,
            label=_("Units that file for others"),
            help_text=_("With all that lies below them. None: every unit."),
        ),
    }
