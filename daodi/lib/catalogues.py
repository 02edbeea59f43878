"""Message catalogues, made ready for gettext without its tools."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(*folders: Path) -> None:
    """Write the .mo beside each .po below `folders` that is newer than it."""
    for po in (path for folder in folders for path in folder.rglob("*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            with po.open("rb") as source:
                catalogue = read_po(source, locale=po.parent.parent.name)
            draft = mo.with_suffix(".new")
            with draft.open("wb") as target:
                write_mo(target, catalogue)
            draft.replace(mo)
