"""Tables in files: Excel and CSV read safely row by row, Excel written so that nothing runs in it.

Where the limits are and why a child process reads: the docstrings of `limits` and `worker`.
"""

from daodi.lib.sheets.complaints import NoRows, UnknownSheet
from daodi.lib.sheets.limits import LIMITS, Limits
from daodi.lib.sheets.refusals import Unreadable
from daodi.lib.sheets.table import Note, Row, Table, open_table
from daodi.lib.sheets.writing import csv_safe, write_table, write_tables

__all__ = [
    "LIMITS",
    "Limits",
    "NoRows",
    "Note",
    "Row",
    "Table",
    "UnknownSheet",
    "Unreadable",
    "csv_safe",
    "open_table",
    "write_table",
    "write_tables",
]
