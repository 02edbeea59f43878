"""Official divisions: of any prefecture from the package china-division, or from a table."""

import csv
import hashlib
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.transfer.lookups import short_code
from daodi.core.transfer.reading import as_text
from daodi.lib.sheets import Table

PACKAGE = "china-division@2.7.0"
ARCHIVE = "china-division-2.7.0.tgz"
SHA512 = (
    "e2e50f013fb559fa838798f2b6aee899d0a61cd9378fe93beb3106ff622a6867"
    "1807dd1cd92c1c8b1b6d732a5db19dd3ffdb4dd534e9043a1e667f98c3fa8110"
)

Area = tuple[str, str, str]  # code, name, level
# The files of the package, the largest areas first.
_FILES = {
    "provinces": "province",
    "cities": "city",
    "areas": "county",
    "streets": "town",
    "villages": "village",
}
_LEVELS = {2: "province", 4: "city", 6: "county", 9: "town", 12: "village"}
_ENDINGS = "省市县区盟州旗"
_COLUMNS = {
    "code": ("code", "代码", "区划代码", "行政区划代码"),
    "name": ("name", "名称", "区划名称", "行政区划"),
    "level": ("level", "级别", "层级"),
}


def areas_in(archive: Path, wanted: str) -> Iterator[Area]:
    """Yield an area named or coded so, what lies above it and all that lies in it.

    The package is read in a stream, never unpacked. Raise Refused if it is not the one whose
    digest is known, if there is no such area, or more than one.
    """
    with archive.open("rb") as file:
        if hashlib.file_digest(file, "sha512").hexdigest() != SHA512:
            raise Refused(_("%(file)s is not the package it should be.") % {"file": archive})
    with tarfile.open(archive, "r:gz") as package:
        code = _choose(package, wanted)
        for name, level in _FILES.items():
            for row in _read(package, name):
                if row["code"].startswith(code) or code.startswith(row["code"]):
                    yield row["code"], row["name"], level


def areas_of(table: Table) -> Iterator[Area]:
    """Yield the areas of a table with the columns code, name and, if it has one, level."""
    columns = {
        field: next((c for c in table.columns if c.casefold() in names), "")
        for field, names in _COLUMNS.items()
    }
    if not (columns["code"] and columns["name"]):
        raise Refused(
            _("Columns named code and name are needed. The columns are: %(columns)s.")
            % {"columns": ", ".join(table.columns)}
        )
    for row in table.rows():
        code = short_code(as_text(row.cells[columns["code"]]).strip())
        name = as_text(row.cells[columns["name"]]).strip()
        level = as_text(row.cells.get(columns["level"])).strip()
        if level not in _LEVELS.values():
            level = _LEVELS.get(len(code), "")
        if not (code.isdigit() and name and level):
            raise Refused(
                _("Row %(row)s has no official code of 2 to 12 digits, or no name.")
                % {"row": row.number}
            )
        yield code, name, level


def _choose(package: tarfile.TarFile, wanted: str) -> str:
    """Return the code of the area that is meant; a prefecture comes before others of its name."""
    code = short_code(wanted) if wanted.isdigit() else ""
    for file in ("cities", "provinces", "areas"):
        found = [row for row in _read(package, file) if row["code"] == code or _is(row, wanted)]
        if len(found) > 1:
            raise Refused(
                _("Several areas have this name: %(areas)s. Give the code.")
                % {"areas": ", ".join(f"{row['code']} {row['name']}" for row in found)}
            )
        if found:
            return found[0]["code"]
    raise Refused(_("There is no prefecture “%(name)s”.") % {"name": wanted})


def _is(row: dict[str, str], wanted: str) -> bool:
    name = row["name"]
    return name == wanted or (name[:-1] == wanted and name[-1] in _ENDINGS)


def _read(package: tarfile.TarFile, name: str) -> Iterator[dict[str, str]]:
    member = package.extractfile(f"package/dist/{name}.csv")
    if member is None:
        raise Refused(_("%(file)s is not in the package.") % {"file": f"{name}.csv"})
    with io.TextIOWrapper(member, encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)
