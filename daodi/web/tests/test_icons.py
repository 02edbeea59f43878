"""Every icon that a page names is in the sprite, and the tab has its own."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

DAODI = Path(settings.BASE_DIR) / "daodi"
LISTED = set((DAODI / "web" / "icons.txt").read_text(encoding="utf-8").split())
# What a template says is data: `name="x"` of the icon itself, `icon="x"` of what holds one.
IN_TEMPLATES = re.compile(
    r"""\{%\ icon\ "([^"{]+)"
    | \bicon="([^"{]+)"
    | \bicon\|default:"([^"]+)" """,
    re.VERBOSE,
)
IN_SAMPLES = re.compile(r'\bicon: "?([\w-]+)')


def templates() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in DAODI.rglob("*.html")]
    return {name for text in texts for found in IN_TEMPLATES.findall(text) for name in found} - {""}


def samples() -> set[str]:
    return set(IN_SAMPLES.findall((DAODI / "web" / "styleguide.yaml").read_text(encoding="utf-8")))


def code() -> set[str]:
    """What Python names: a menu entry's third word, `"icon": …`, `icon=…` and tables ICONS."""
    names: set[str] = set()
    for path in DAODI.rglob("*.py"):
        if "tests" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names |= {word for part in _icons(node) for word in _words(part)}
    return names


def _icons(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id="Entry"), args=[_, _, icon, *_]):
            return [icon]
        case ast.keyword(arg="icon", value=icon):
            return [icon]
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=icons)) if name.endswith(
            "ICONS"
        ):
            return icons
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return [v for k, v in pairs if isinstance(k, ast.Constant) and k.value == "icon"]
    return []


def _words(part: ast.expr) -> list[str]:
    """The icon itself, or what is taken when a table has none: `ICONS.get(…, "point")`."""
    match part:
        case ast.Constant(value=str(word)):
            return [word]
        case ast.Call(func=ast.Attribute(attr="get"), args=[_, fallback]):
            return _words(fallback)
        case ast.IfExp(body=body, orelse=orelse):
            return _words(body) + _words(orelse)
    return []


@pytest.mark.parametrize("source", [templates, samples, code])
def test_every_icon_named_is_in_the_list(source) -> None:
    named = source()
    assert len(named) > 5, "the search itself is broken"
    assert named - LISTED == set()


def test_the_search_finds_what_it_should() -> None:
    assert {"chevron-right", "circle-off", "inbox", "point"} <= templates()
    assert {"list-details", "send", "point"} <= code()


def test_the_sprite_has_what_is_listed() -> None:
    sprite = Path(finders.find("icons.svg")).read_text(encoding="utf-8")
    assert set(re.findall(r'<symbol id="([^"]+)"', sprite)) == LISTED


def test_the_tab_has_an_icon(client, db) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.url) == (302, "/static/daodi/favicon.svg")
    assert Path(finders.find("daodi/favicon.svg")).stat().st_size <= 1024
    assert "daodi/favicon.svg" in client.get(reverse("login")).content.decode()
