"""Work on texts, line by line."""

import sys

import typer
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.lib.masking import mask as mask_text

app = typer.Typer()


@app.command()
def mask() -> None:
    """A filter: reads a text, writes it with names, numbers and front doors masked.

    What is read may be UTF-8 or GB18030; what is written is UTF-8.
    """
    for number, line in enumerate(sys.stdin.buffer, 1):
        masked = mask_text(_decoded(line, number))
        sys.stdout.buffer.write(masked.encode())
        sys.stdout.buffer.flush()


def _decoded(line: bytes, number: int) -> str:
    """Return a line as text; a line that cannot be read is not masked, and must not go through."""
    for encoding in ("utf-8-sig" if number == 1 else "utf-8", "gb18030"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(
        _("Line %(number)s is neither UTF-8 nor GB18030. Save the text as UTF-8 and try again.")
        % {"number": number}
    )
