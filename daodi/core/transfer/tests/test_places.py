"""Categories and divisions from tables, divisions from a package."""

import hashlib
import tarfile
from io import BytesIO

import pytest

from daodi.core.exceptions import Refused
from daodi.core.ledgers.categories import add_paths
from daodi.core.people.models import Division
from daodi.core.people.services import load_divisions
from daodi.core.transfer import areas
from daodi.core.transfer.areas import areas_in, areas_of
from daodi.core.transfer.lookups import short_code
from daodi.core.transfer.schemes import paths_of
from daodi.core.transfer.tests.makers import make_file
from daodi.lib.sheets import open_table
from tests.makers import make_ledger

FILES = {
    "provinces": "code,name\n11,北京市\n41,河南省\n",
    "cities": "code,name,provinceCode\n1101,市辖区,11\n4116,周口市,41\n4190,直辖,41\n",
    "areas": "code,name\n110105,朝阳区\n411621,扶沟县\n419001,济源市\n220104,朝阳区\n",
    "streets": "code,name\n411621100,城关镇\n419001001,沁园街道\n110105001,建外街道\n",
    "villages": "code,name\n411621100001,东关社区\n419001001001,文昌社区\n",
}


@pytest.fixture
def archive(tmp_path, monkeypatch):
    path = tmp_path / "package.tgz"
    with tarfile.open(path, "w:gz") as package:
        for name, text in FILES.items():
            member = tarfile.TarInfo(f"package/dist/{name}.csv")
            member.size = len(text.encode())
            package.addfile(member, BytesIO(text.encode()))
    monkeypatch.setattr(areas, "SHA512", hashlib.sha512(path.read_bytes()).hexdigest())
    return path


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ("周口", ["41", "4116", "411621", "411621100", "411621100001"]),
        ("周口市", ["41", "4116", "411621", "411621100", "411621100001"]),
        ("411600", ["41", "4116", "411621", "411621100", "411621100001"]),
        ("济源", ["41", "4190", "419001", "419001001", "419001001001"]),
        ("北京市", ["11", "1101", "110105", "110105001"]),
    ],
)
def test_an_area_with_all_that_lies_in_it(db, archive, wanted, codes) -> None:
    assert load_divisions(areas_in(archive, wanted)) == len(codes)
    assert list(Division.objects.values_list("code", flat=True)) == codes
    assert Division.objects.get(code=codes[-1]).level == ("village" if len(codes) > 4 else "town")


@pytest.mark.parametrize(
    ("wanted", "why"),
    [("朝阳", "110105 朝阳区, 220104 朝阳区. Give the code"), ("月球", "no prefecture “月球”")],
)
def test_an_area_that_cannot_be_told(archive, wanted, why) -> None:
    with pytest.raises(Refused, match=why):
        list(areas_in(archive, wanted))


def test_another_package_is_not_read(archive) -> None:
    archive.write_bytes(archive.read_bytes() + b"x")
    with pytest.raises(Refused, match="not the package"):
        list(areas_in(archive, "周口"))


def test_areas_of_a_table(tmp_path) -> None:
    rows = [
        ["410000000000", "河南省", "省"],
        [4116, "周口市", "city"],
        ["411621100", "城关镇", None],
    ]
    file = make_file(tmp_path / "a.xlsx", *rows, header=["代码", "名称", "级别"])
    assert list(areas_of(open_table(file))) == [
        ("41", "河南省", "province"),
        ("4116", "周口市", "city"),
        ("411621100", "城关镇", "town"),
    ]


@pytest.mark.parametrize(
    ("header", "row", "why"),
    [
        (["code", "title"], ["41", "x"], "The columns are: code, title"),
        (["code", "name"], ["4A", "x"], "Row 2 has no official code"),
        (["code", "name"], ["12345678", "x"], "Row 2 has no official code"),
    ],
)
def test_areas_that_make_no_sense(tmp_path, header, row, why) -> None:
    with pytest.raises(Refused, match=why):
        list(areas_of(open_table(make_file(tmp_path / "a.csv", row, header=header))))


@pytest.mark.parametrize(
    ("official", "short"),
    [
        ("410000000000", "41"),
        ("411000000000", "4110"),
        ("411621", "411621"),
        ("411621100000", "411621100"),
        ("411621100200", "411621100200"),
        ("123", "123"),
    ],
)
def test_codes_without_their_padding(official, short) -> None:
    assert short_code(official) == short


def test_categories_fill_down_what_a_reader_sees(tmp_path, db) -> None:
    rows = [
        ["城建", "道路", "路面"],
        [None, None, "井盖"],
        [None, "公园", None],
        ["环保", None, None],
    ]
    file = make_file(tmp_path / "a.xlsx", *rows, header=["一级", "二级", "三级"])
    paths = list(paths_of(open_table(file)))
    assert paths == [
        ("城建", "道路", "路面"),
        ("城建", "道路", "井盖"),
        ("城建", "公园"),
        ("环保",),
    ]
    ledger = make_ledger()
    assert add_paths(ledger, paths) == 6
    assert add_paths(ledger, paths) == 6
    assert ledger.categories.exclude(code="CX01").count() == 6


def test_categories_may_have_any_column_names(tmp_path) -> None:
    file = make_file(tmp_path / "a.csv", ["A", "B"], header=["大类", "小类"])
    assert list(paths_of(open_table(file))) == [("A", "B")]
