"""Numbers as people type them."""

import re

from daodi.lib.text import letters_of

PARTS = re.compile("([A-Z]+)([0-9]{8})([0-9]{6,})")


def number_as_typed(text: str) -> str:
    """Return a number as we write it; phones make other dashes and wide digits, people none."""
    letters = letters_of(text)
    parts = PARTS.fullmatch(letters)
    return "-".join(parts.groups()) if parts else letters
