"""Find the fonts for Chinese that a machine has."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from daodi.lib.text import Said

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)
# How files begin, and the family in them; what reads best on paper comes first.
CHINESE = (
    ("NotoSerifCJK", "Noto Serif CJK SC"),
    ("NotoSerifSC", "Noto Serif SC"),
    ("SourceHanSerif", "Source Han Serif SC"),
    ("simsun", "SimSun"),
    ("uming", "AR PL UMing CN"),
    ("NotoSansCJK", "Noto Sans CJK SC"),
    ("NotoSansSC", "Noto Sans SC"),
    ("SourceHanSans", "Source Han Sans SC"),
    ("wqy-microhei", "WenQuanYi Micro Hei"),
    ("wqy-zenhei", "WenQuanYi Zen Hei"),
    ("DroidSansFallback", "Droid Sans Fallback"),
    ("ukai", "AR PL UKai CN"),
    # What official documents are set in; licensed, so that few servers have them.
    ("simfang", "FangSong"),
    ("simhei", "SimHei"),
    ("simkai", "KaiTi"),
)
SUFFIXES = frozenset({".ttf", ".ttc", ".otf", ".otc"})


class NoFonts(Said):
    message = _(
        "This server has no font for Chinese: whoever runs it installs one (on Debian the package "
        "fonts-noto-cjk). Until then, print the page from the browser."
    )


@dataclass(frozen=True, slots=True)
class FontSet:
    """The families to set a text in, the first one first, and the folders that they lie in."""

    families: tuple[str, ...]
    folders: tuple[Path, ...]


@cache
def find_fonts(folders: Iterable[Path] = FOLDERS) -> FontSet:
    """Return the fonts for Chinese below these folders; raise NoFonts when there is none."""
    files = [
        path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES
    ]
    found = {
        family: path.parent
        for start, family in CHINESE
        for path in files
        if path.name.lower().startswith(start.lower())
    }
    if not found:
        raise NoFonts
    return FontSet(tuple(found), tuple(dict.fromkeys(found.values())))
