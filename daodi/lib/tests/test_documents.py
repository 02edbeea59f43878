"""Documents from templates and plain data."""

from pathlib import Path

import pytest

from daodi.lib.documents import NoFonts, NotTypeset, find_fonts, typeset
from tests.files import photo

HEAD = '#import "base.typ": *\n#show: paper.with(title: data.title, foot: data.foot)\n'
DATA = {"title": "街灯不亮", "foot": "杞县", "text": "东门的灯\n一周不亮"}


@pytest.fixture
def template(tmp_path):
    """Return what writes a template with this body."""

    def write(body: str) -> Path:
        path = tmp_path / "small.typ"
        path.write_text(HEAD + body)
        return path

    return write


@pytest.fixture(scope="module")
def fonts():
    return find_fonts()


def test_data_become_a_document(template, fonts) -> None:
    pdf = typeset(
        template('= #data.title\n#words(data.text)\n#facts((("a", "b"),))'), DATA, fonts=fonts
    )
    assert pdf.startswith(b"%PDF-")
    assert b"/Count 1" in pdf
    png = typeset(template("#data.title"), DATA, fonts=fonts, kind="png")
    assert png.startswith(b"\x89PNG")


def test_what_people_write_is_shown_and_never_run(template, fonts) -> None:
    hostile = '#panic("run") $x^ *b _i `raw` @label <x> // \\ #read("/etc/passwd") [#] "'
    data = {"title": hostile, "foot": hostile, "text": hostile * 50}
    pdf = typeset(template("= #data.title\n#words(data.text)\n#code(data.text)"), data, fonts=fonts)
    assert pdf.startswith(b"%PDF-")


def test_pictures_lie_beside_the_template_and_nothing_else_does(template, fonts) -> None:
    shown = template('#image("1.jpg")')
    assert typeset(shown, DATA, fonts=fonts, pictures={"1.jpg": photo().read()}).startswith(
        b"%PDF-"
    )
    with pytest.raises(NotTypeset, match="could not be made") as failed:
        typeset(template('#read("../../../etc/passwd")'), DATA, fonts=fonts)
    assert "etc/passwd" in failed.value.why


def test_an_endless_document_ends(template, fonts) -> None:
    endless = template(
        "#let go(n) = for i in range(10000) { for j in range(10000) { n + j } }\n#go(1)"
    )
    with pytest.raises(NotTypeset):
        typeset(endless, DATA, fonts=fonts, seconds=1)


def test_without_a_font_for_chinese_it_says_what_to_install(tmp_path) -> None:
    with pytest.raises(NoFonts, match="fonts-noto-cjk"):
        find_fonts((tmp_path,))
    (tmp_path / "wqy-zenhei.ttc").touch()
    found = find_fonts((tmp_path, tmp_path))
    assert (found.families, found.folders) == (("WenQuanYi Zen Hei",), (tmp_path,))
