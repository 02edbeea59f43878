"""Write rows with statements that are put together once: for what happens many times a second.

The ORM composes every statement anew, and that costs more than running it. Here a statement's text
is kept by model and columns, whatever the number of rows; values pass through the model's own
fields, as the ORM's do.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models.sql import InsertQuery

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]

INSERT_ONE = 'INSERT INTO "{table}" ({columns}) VALUES ({values})'
INSERT = 'INSERT INTO "{table}" ({columns}) SELECT * FROM unnest({arrays}) RETURNING "{key}"'
UPDATE = """
UPDATE "{table}" AS old SET {changes}
FROM unnest({arrays}) AS fresh ({columns}) WHERE old."{key}" = fresh."{key}"
"""


def assigned(model: type[models.Model], given: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    """Return the columns of named fields and their values as the database takes them."""
    fields = _by_name(model)
    pairs = [(fields[name], value) for name, value in given.items()]
    return [str(field.column) for field, _value in pairs], [_prepared(*pair) for pair in pairs]


def insert_row(row: models.Model) -> None:
    """Store one new row whose key is set; its fields may be arrays."""
    given = {field.attname: getattr(row, field.attname) for field in _fields(type(row))}
    columns, values = assigned(type(row), given)
    with connection.cursor() as cursor:
        cursor.execute(_insert_one(type(row), tuple(columns)), values)


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Store new rows of one model and give them their keys. None of its fields may be an array."""
    if not rows:
        return
    statement, fields = _insert(type(rows[0]))
    with connection.cursor() as cursor:
        cursor.execute(statement, _columns(rows, fields))
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk


def update_rows(rows: Sequence[models.Model], names: tuple[str, ...]) -> None:
    """Store these fields of rows that are there already. None of them may be an array."""
    if not rows:
        return
    statement, fields = _update(type(rows[0]), names)
    with connection.cursor() as cursor:
        cursor.execute(statement, _columns(rows, fields))


def _fields(model: type[models.Model]) -> "Sequence[AnyField]":
    return InsertQuery(model).get_meta().concrete_fields


@cache
def _by_name(model: type[models.Model]) -> dict[str, "AnyField"]:
    fields = _fields(model)
    named = {name: field for field in fields for name in (field.name, field.attname)}
    return named | {"pk": next(field for field in fields if field.primary_key)}


@cache
def _insert_one(model: type[models.Model], columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(["%s"] * len(columns))
    return INSERT_ONE.format(
        table=InsertQuery(model).get_meta().db_table, columns=names, values=values
    )


@cache
def _insert(model: type[models.Model]) -> tuple[str, list["AnyField"]]:
    fields = [one for one in _fields(model) if not isinstance(one, models.AutoField)]
    return _filled(INSERT, model, fields), fields


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list["AnyField"]]:
    fields = [_by_name(model)[name] for name in ("pk", *names)]
    changes = ", ".join(f'"{field.column}" = fresh."{field.column}"' for field in fields[1:])
    return _filled(UPDATE, model, fields, changes=changes), fields


def _filled(
    statement: str, model: type[models.Model], fields: "Sequence[AnyField]", **more: str
) -> str:
    options = InsertQuery(model).get_meta()
    # Of what type each column is; a length would cut a text off without a word.
    types = (str(field.rel_db_type(connection)).partition("(")[0] for field in fields)
    return statement.format(
        table=options.db_table,
        key=_by_name(model)["pk"].column,
        columns=", ".join(f'"{field.column}"' for field in fields),
        arrays=", ".join(f"%s::{kind}[]" for kind in types),
        **more,
    )


def _columns(rows: Sequence[models.Model], fields: "Sequence[AnyField]") -> list[list[Any]]:
    return [[_prepared(field, getattr(row, field.attname)) for row in rows] for field in fields]


def _prepared(field: "AnyField", value: Any) -> Any:
    """Return a value as the database takes it; of another row, its key."""
    key = value.pk if isinstance(value, models.Model) else value
    return field.get_db_prep_save(key, connection)
