"""Keep the Chinese catalogue: update it from the sources, check that it is whole, compile it."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from daodi.lib.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "daodi/locale"
PO = LOCALE / "zh_Hans/LC_MESSAGES/django.po"
HEADER = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: zh_Hans\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""
ONE, MANY = None, (1, 2)
KEYWORDS = {
    "_": ONE,
    "gettext": ONE,
    "gettext_lazy": ONE,
    "gettext_noop": ONE,
    "ngettext": MANY,
    "ngettext_lazy": MANY,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def sources() -> list[Path]:
    return sorted(
        path
        for pattern in ("*.py", "*.html", "*.txt")
        for path in (ROOT / "daodi").rglob(pattern)
        if not {"tests", "migrations"} & set(path.parts)
        and (path.suffix == ".py" or "templates" in path.parts)
    )


def calls(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each call of a keyword and the texts in it; a template is read as Python."""
    text = path.read_text()
    if path.suffix != ".py":  # its indentation means nothing to Python
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    found: Iterator[Any] = extract_python(
        BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"}
    )
    for _line, keyword, texts, _comments in found:
        yield keyword, (texts,) if isinstance(texts, str) else tuple(texts)


def from_sources() -> Catalog:
    found = Catalog(locale="zh_Hans")
    for path in sources():
        place = [(path.relative_to(ROOT).as_posix(), 0)]
        for keyword, texts in calls(path):
            context = texts[0] if "pgettext" in keyword else None
            plain = texts[1:] if context else texts
            plural = keyword.startswith("n")
            if all(plain[: 1 + plural]):
                found.add(plain[:2] if plural else plain[0], locations=place, context=context)
    return found


def as_kept() -> Catalog:
    if not PO.exists():
        return Catalog(locale="zh_Hans")
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def merged() -> Catalog:
    """Return what the sources say, with the translations that we have."""
    found, kept = from_sources(), as_kept()
    for message in found:
        if message.id and (known := kept.get(message.id, message.context)):
            message.string, message.flags = known.string, message.flags | known.flags
    return found


def as_text(catalogue: Catalog) -> str:
    out = BytesIO()
    write_po(out, catalogue, width=100, omit_header=True, include_lineno=False, sort_by_file=True)
    return HEADER + out.getvalue().decode()


def update() -> list[str]:
    PO.parent.mkdir(parents=True, exist_ok=True)
    catalogue = merged()
    PO.write_text(as_text(catalogue))
    open_ones = sum(not translated(message) for message in catalogue if message.id)
    print(f"{len(catalogue)} messages, {open_ones} without a translation")
    return []


def translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts) and not message.fuzzy


def check() -> list[str]:
    found, kept = from_sources(), as_kept()
    wanted = {(message.id, message.context) for message in found if message.id}
    there = {(message.id, message.context): message for message in kept if message.id}
    return [
        *(f"missing: {name}" for name, _ in sorted(wanted - there.keys(), key=str)),
        *(f"unused: {name}" for name, _ in sorted(there.keys() - wanted, key=str)),
        *(f"not translated, or fuzzy: {m.id}" for m in there.values() if not translated(m)),
        *(f"{m.id}: {error}" for m in there.values() for error in m.check(kept)),
    ]


def compile_all() -> list[str]:
    compile_catalogues(LOCALE)
    return []


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    complaints = {"update": update, "check": check, "compile": compile_all}[sys.argv[1]]()
    print(*complaints, sep="\n", end="\n" if complaints else "")
    sys.exit(bool(complaints) and "Run `make messages` and translate.")
