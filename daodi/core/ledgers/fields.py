"""Extra fields of a ledger: data that a site's manager writes, checked when a matter is filed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.lib.text import clean, listed

TYPES = ("text", "long", "number", "date", "choice", "choices", "yes", "phone")
PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
LONGEST = {"text": 200, "long": 2000}
MOST_DIGITS = 20


class FieldRefused(Refused):
    """A value that does not fit its field; `name` says which."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class Field:
    """One extra field: what it is called, what fits into it, and whether it must be filled."""

    name: str
    label: str
    label_en: str = ""
    type: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    hint: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Read one line of a ledger's field list; raise Refused where it makes no sense."""
        if data.get("type", "text") not in TYPES:
            raise Refused(
                _("Field type %(type)s is unknown. Known are: %(known)s.")
                % {"type": data["type"], "known": ", ".join(TYPES)}
            )
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", str(data.get("name", ""))):
            raise Refused(
                _("%(name)s cannot be a field's name: use a-z, 0-9 and _, beginning with a letter.")
                % {"name": data.get("name")}
            )
        unknown = sorted(data.keys() - {one.name for one in dataclass_fields(cls)})
        if unknown or not data.get("label"):
            raise Refused(
                _("The field %(name)s needs a label, and knows nothing of: %(unknown)s.")
                % {"name": data["name"], "unknown": ", ".join(unknown) or "-"}
            )
        field = cls(**{**data, "choices": tuple(data.get("choices", ()))})
        if field.type in ("choice", "choices") and not field.choices:
            raise Refused(_("The field %(name)s needs its choices.") % {"name": field.label})
        return field

    def __str__(self) -> str:
        return self.label_en if self.label_en and get_language() == "en" else self.label

    def clean(self, value: Any) -> Any:
        """Return the value as it is stored in JSON, or raise FieldRefused with the reason."""
        if isinstance(value, str):
            value = clean(value, lines=self.type == "long")
        # Zero is a number like any other.
        if (value is None or value is False or value in ("", [])) and self.type != "yes":
            if self.required:
                raise FieldRefused(self.name, _("%(field)s is needed.") % {"field": self})
            return None
        return getattr(self, f"_{self.type}")(value)

    def _refuse(self, why: str) -> FieldRefused:
        return FieldRefused(self.name, f"{self}: {why}")

    def _text(self, value: object) -> str:
        text, most = str(value), LONGEST.get(self.type, 200)
        if len(text) > most:
            raise self._refuse(_("at most %(most)s characters.") % {"most": most})
        return text

    _long = _text

    def _number(self, value: object) -> str:
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise self._refuse(_("write a number.")) from None
        if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
            raise self._refuse(_("write a number."))
        return format(number.normalize(), "f")

    def _date(self, value: object) -> str:
        try:
            return date.fromisoformat(str(value)[:10]).isoformat()
        except ValueError:
            raise self._refuse(_("write a date such as 2026-11-21.")) from None

    def _choice(self, value: object) -> str:
        if value not in self.choices:
            raise self._refuse(_("choose one of: %(choices)s.") % {"choices": listed(self.choices)})
        return str(value)

    def _choices(self, value: object) -> list[str]:
        values = value if isinstance(value, list) else [value]
        return [self._choice(one) for one in values]

    def _yes(self, value: object) -> bool:
        return value in (True, "on", "yes", "true", "1", "是")

    def _phone(self, value: object) -> str:
        number = re.sub(r"[\s-]", "", str(value))
        if not PHONE.fullmatch(number):
            raise self._refuse(_("write a mobile or landline number."))
        return number


def clean_extra(specs: list[dict[str, Any]], given: Mapping[str, Any]) -> dict[str, Any]:
    """Check what was given for a ledger's extra fields; empty ones are left out."""
    cleaned = {}
    for spec in specs:
        field = Field.read(spec)
        value = field.clean(given.get(field.name))
        if value is not None:
            cleaned[field.name] = value
    return cleaned
