import pytest
from django.core.exceptions import ImproperlyConfigured

from daodi.lib import env


def test_text_comes_from_the_variable_or_its_file(monkeypatch, tmp_path) -> None:
    assert env.text("DAODI_X", "default") == "default"
    monkeypatch.setenv("DAODI_X", "plain")
    assert env.text("DAODI_X") == "plain"
    (tmp_path / "x").write_text("from a file\n")
    monkeypatch.setenv("DAODI_X_FILE", str(tmp_path / "x"))
    assert env.text("DAODI_X") == "from a file"


@pytest.mark.parametrize(("read", "value"), [(env.flag, "yes"), (env.number, "-1")])
def test_nonsense_stops_the_start(monkeypatch, read, value) -> None:
    monkeypatch.setenv("DAODI_X", value)
    with pytest.raises(ImproperlyConfigured, match="DAODI_X"):
        read("DAODI_X", default=0)


def test_flag_number_and_words(monkeypatch) -> None:
    monkeypatch.setenv("DAODI_X", "True")
    assert env.flag("DAODI_X", default=False) is True
    monkeypatch.setenv("DAODI_X", "12")
    assert env.number("DAODI_X", 1) == 12
    monkeypatch.setenv("DAODI_X", " a, ,b ")
    assert env.words("DAODI_X") == ["a", "b"]


@pytest.mark.parametrize("value", ["http://x/{z}/{x}/{y}", "https://x/{z}/{x}.png", "tiles"])
def test_tiles_are_an_address_with_three_places(monkeypatch, value) -> None:
    assert env.tiles("DAODI_X") == ""
    monkeypatch.setenv("DAODI_X", "https://x/{z}/{x}/{y}.png")
    assert env.tiles("DAODI_X") == "https://x/{z}/{x}/{y}.png"
    monkeypatch.setenv("DAODI_X", value)
    with pytest.raises(ImproperlyConfigured, match="DAODI_X"):
        env.tiles("DAODI_X")


@pytest.mark.parametrize("value", ["1,2", "1,2,3,4", "a,2,3", ""])
def test_as_many_numbers_as_by_default(monkeypatch, value) -> None:
    assert env.numbers("DAODI_X", "34.5,114.8,11") == [34.5, 114.8, 11]
    monkeypatch.setenv("DAODI_X", value)
    with pytest.raises(ImproperlyConfigured, match=r"such as 34.5,114.8,11"):
        env.numbers("DAODI_X", "34.5,114.8,11")


def test_one_of_a_few(monkeypatch) -> None:
    ways = {"": 0, "file": 1, "http": 2}
    assert env.one_of("DAODI_X", ways) == 0
    monkeypatch.setenv("DAODI_X", "http")
    assert env.one_of("DAODI_X", ways) == 2
    monkeypatch.setenv("DAODI_X", "pigeon")
    with pytest.raises(ImproperlyConfigured, match="DAODI_X='pigeon': write one of file, http"):
        env.one_of("DAODI_X", ways)


def test_secret_is_made_once_for_its_owner_only(monkeypatch, tmp_path) -> None:
    path = tmp_path / "var" / "key"
    assert env.secret("DAODI_X", path, lambda: "first") == "first"
    assert env.secret("DAODI_X", path, lambda: "second") == "first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]
    monkeypatch.setenv("DAODI_X", "given")
    assert env.secret("DAODI_X", path, lambda: "third") == "given"
