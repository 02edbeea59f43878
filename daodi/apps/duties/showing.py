"""What pages show of duties: objects become words."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from daodi.apps.duties.flow import draw
from daodi.apps.duties.models import Comment, Version
from daodi.apps.duties.reviewing import differences
from daodi.lib.text import listed

Shown = dict[str, Any]


def picture_of(version: Version) -> SafeString:
    """Return the flow chart for a page; `draw` has escaped every word in it."""
    return SafeString(draw(version.process(), version.title))


def show_blocks(version: Version, comments: Iterable[Comment]) -> list[Shown]:
    """Return the blocks of a version line by line, each line with what was said of it."""
    said: dict[str, list[Comment]] = {}
    for each in comments:
        said.setdefault(each.line, []).append(each)
    return [
        {
            "code": code,
            "name": name,
            "lines": [
                {"key": f"{code}-{n}", "text": line, "comments": said.get(f"{code}-{n}", [])}
                for n, line in enumerate(lines, start=1)
            ],
        }
        for code, name, lines in version.blocks()
    ]


def show_versions(versions: list[Version]) -> list[Shown]:
    """Return the versions, the newest first, each with the blocks that it changed."""
    shown = []
    for version, before in zip(versions, [*versions[1:], None], strict=True):
        changed = differences(before, version) if before else []
        names = listed(block.name for block in changed if block.is_changed)
        shown.append({"version": version, "changed": names, "before": before})
    return shown
