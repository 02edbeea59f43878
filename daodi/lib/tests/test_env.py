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


def test_secret_is_made_once_for_its_owner_only(monkeypatch, tmp_path) -> None:
    path = tmp_path / "var" / "key"
    assert env.secret("DAODI_X", path, lambda: "first") == "first"
    assert env.secret("DAODI_X", path, lambda: "second") == "first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]
    monkeypatch.setenv("DAODI_X", "given")
    assert env.secret("DAODI_X", path, lambda: "third") == "given"
