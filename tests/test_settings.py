"""Settings: strict, read only, and one sentence for what makes no sense."""

import pytest

from assistant.settings import Settings, load
from index.errors import SettingsError


@pytest.fixture
def file(tmp_path):
    def written(text):
        path = tmp_path / "settings.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_what_is_said_on_the_command_line_goes_before_the_file(file):
    assert load(file("quotes = 3\nmodel = 'ollama:a'"), model="ollama:b", reranker=None) == Settings(
        quotes=3, model="ollama:b"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("qoutes = 3", "'qoutes' is not a setting; there are embedding_model"),
        ("quotes = 'three'", "the setting quotes must be int"),
        ("model_timeout = 0", "the setting model_timeout must be 1 second or more, not 0"),
        ("quotes = true", "the setting quotes must be int"),
        ("quotes = 0", "from 1 to 20"),
        ("quotes = ", "is not a TOML file"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(file, text, why):
    with pytest.raises(SettingsError, match=why):
        load(file(text))


def test_a_file_that_was_named_must_be_there(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path / "none.toml")


def test_loading_makes_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert load() == Settings()
    assert list(tmp_path.iterdir()) == []
