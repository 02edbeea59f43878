"""The units and members that a manager reaches, found by what cells call them."""

from collections import defaultdict
from typing import Self

from django.utils.translation import gettext as _

from daodi.core.exchange.trial import Line, WrongCell
from daodi.core.people.models import Division, Member, Unit
from daodi.core.transfer.lookups import short_code


class House:
    """What a table may name, read once; what the table adds is put in as it is made."""

    def __init__(self, by: Member | None) -> None:
        units = Unit.objects.visible_to(by) if by else Unit.objects.get_queryset()
        self.codes: dict[str, Unit] = {}
        self._paths: dict[str, Unit] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        for unit in units.select_related("division"):
            self.put(unit)
        self.members: dict[tuple[str, str], Member] = {}
        self._called: dict[tuple[str, str], list[Member]] = defaultdict(list)
        self._areas: dict[str, Division] = {}

    @classmethod
    def with_members(cls, by: Member | None) -> Self:
        """Read the members too."""
        house = cls(by)
        members = Member.objects.visible_to(by) if by else Member.objects.all()
        for member in members.for_list():
            house.put_member(member)
        return house

    def put(self, unit: Unit) -> None:
        self.codes[unit.code] = unit
        self._paths[unit.path] = unit
        self._names[unit.name].add(unit.code)

    def put_member(self, member: Member) -> None:
        self.members[member.user.username, member.unit.code] = member
        self._called[member.user.name, member.unit.code].append(member)

    def unit(self, text: str, field: str) -> Unit:
        """Return the unit with this code or name; raise WrongCell unless there is exactly one."""
        found = self.find_unit(text)
        if found is None and len(self._names.get(text, ())) > 1:
            raise WrongCell(
                field, _("Several units are called %(name)s: write the code.") % {"name": text}
            )
        if found is None:
            raise WrongCell(field, _("There is no unit “%(name)s” in your house.") % {"name": text})
        return found

    def find_unit(self, text: str) -> Unit | None:
        codes = self._names.get(text, set())
        if text in self.codes:
            return self.codes[text]
        return self.codes[next(iter(codes))] if len(codes) == 1 else None

    def unit_of(self, line: Line) -> Unit | None:
        """Return the unit that a line is about.

        Without a code, two units of one name are told apart by the unit above them: each bureau
        has its office. Such a line never moves a unit.
        """
        name = line.get("unit")
        if code := line.get("code"):
            return self.codes.get(code)
        if not line.get("parent"):
            return self.find_unit(name)
        above = self.unit(line.get("parent"), "parent")
        same = (self.codes[code] for code in sorted(self._names.get(name, ())))
        return next((unit for unit in same if self.above(unit) == above), None)

    def above(self, unit: Unit) -> Unit | None:
        """Return the unit above this one, if it is of the house too."""
        found = self._paths.get(unit.line()[-2:][0])
        return None if found == unit else found

    def moved(self) -> None:
        """Read all paths again: those of everything below have changed too."""
        fresh = dict(Unit.objects.filter(code__in=list(self.codes)).values_list("code", "path"))
        for code, unit in self.codes.items():
            unit.path = fresh[code]
            unit.depth = len(unit.path) // Unit.steplen
        self._paths = {unit.path: unit for unit in self.codes.values()}

    def renamed(self, unit: Unit, before: str) -> None:
        self._names[before].discard(unit.code)
        self._names[unit.name].add(unit.code)

    def name_of(self, unit: Unit) -> str:
        """Return what finds the unit again: its name, or the code where the name is not enough."""
        return unit.name if self.find_unit(unit.name) == unit else unit.code

    def member_called(self, name: str, unit: Unit) -> Member | None:
        """Return the one of this name in a unit; raise WrongCell when there are several."""
        found = self._called.get((name, unit.code), [])
        if len(found) > 1:
            raise WrongCell(
                "person",
                _("Several members of %(unit)s are called %(name)s: write the account.")
                % {"unit": unit, "name": name},
            )
        return found[0] if found else None

    def area(self, text: str) -> Division:
        code = short_code(text)
        if code not in self._areas:
            found = Division.objects.filter(code=code).first()
            if found is None:
                raise WrongCell(
                    "division", _("There is no area with the code %(code)s.") % {"code": text}
                )
            self._areas[code] = found
        return self._areas[code]
