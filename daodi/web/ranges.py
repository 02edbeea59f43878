"""A part of a file: iPhones play nothing that they cannot ask parts of."""

import re
from typing import IO

from django.http import HttpResponse

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
# What is asked for beyond this, the player asks for again.
MOST_BYTES = 2 * 2**20
PARTIAL, NOT_SATISFIABLE = 206, 416


def answer_part(stream: IO[bytes], size: int, asked: str) -> HttpResponse | None:
    """Answer with the bytes that the header Range asks for, and close the stream.

    Return None, and leave the stream open, where all of it is asked for.
    """
    match = _RANGE.fullmatch(asked.strip())
    if match is None:
        return None
    first = int(match[1])
    last = min(int(match[2] or size), size - 1, first + MOST_BYTES - 1)
    with stream:
        stream.seek(first)
        content = stream.read(max(0, last - first + 1))
    if not content:
        headers = {"Content-Range": f"bytes */{size}"}
        return HttpResponse(status=NOT_SATISFIABLE, headers=headers)
    answer = HttpResponse(content, status=PARTIAL)
    answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer
