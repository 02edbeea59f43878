"""How somebody is told: a person, or the group of a unit."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from daodi.core.exceptions import Refused
from daodi.core.notices.carriers.base import Carrier
from daodi.core.notices.models import QUIET_FROM, QUIET_TO, Address
from daodi.core.notices.services import choose
from daodi.core.people.models import Member, Unit

Pace = Address.Pace


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class HowForm(forms.Form):
    """For each carrier when and where; and the hours in which nothing comes."""

    use_required_attribute = False

    def __init__(
        self,
        carriers: Iterable[Carrier],
        addresses: Iterable[Address],
        data: Any = None,
        prefix: str = "",
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.carriers = list(carriers)
        self.known = {address.carrier: address for address in addresses}
        for carrier in self.carriers:
            self._add(carrier, self.known.get(carrier.name))
        some = next(iter(self.known.values()), None)
        quiet = (some.quiet_from, some.quiet_to) if some else (QUIET_FROM, QUIET_TO)
        self.fields["quiet_from"] = _hour(gettext_lazy("Quiet hours from"), quiet[0])
        self.fields["quiet_to"] = _hour(gettext_lazy("Quiet hours to"), quiet[1])

    def _add(self, carrier: Carrier, address: Address | None) -> None:
        self.fields[f"{carrier.name}_pace"] = forms.ChoiceField(
            label=str(carrier.label),
            choices=Pace.choices,
            initial=address.pace if address else "never",
        )
        self.fields[f"{carrier.name}_to"] = forms.CharField(
            label=str(carrier.asks),
            max_length=200,
            required=False,
            initial=address.to if address else "",
        )

    def in_use(self) -> list[tuple[Carrier, Address]]:
        """Return the addresses that can be tried out."""
        known = ((carrier, self.known.get(carrier.name)) for carrier in self.carriers)
        return [(carrier, a) for carrier, a in known if a and a.pace != Pace.NEVER]

    def save(self, by: Member, unit: Unit | None) -> bool:
        """Store every choice; say whether all went well, else the fields say what did not."""
        for carrier in self.carriers:
            self._save(carrier.name, by, unit)
        return not self.errors

    def _save(self, name: str, by: Member, unit: Unit | None) -> None:
        given = self.cleaned_data
        pace, to = given[f"{name}_pace"], given[f"{name}_to"]
        if pace == Pace.NEVER and name not in self.known:
            return
        quiet = given["quiet_from"], given["quiet_to"]
        try:
            choose(name, to=to, pace=pace, quiet=quiet, by=by, unit=unit)
        except Refused as refused:
            self.add_error(f"{name}_to", str(refused))


def _hour(label: Any, initial: time) -> forms.TimeField:
    return forms.TimeField(label=label, initial=initial, widget=TimeInput())
