"""Every code that opening an office can raise has its French sentence, and its values are all there."""

from __future__ import annotations

import re
from pathlib import Path

from antenne.wording import access

PACKAGE = Path(access.__file__).parents[1]
SOURCES = (
    "db/keys.py",
    "db/key_file.py",
    "db/slots.py",
    "db/sealing.py",
    "domain/passphrases.py",
    "domain/recovery.py",
    "domain/first_run.py",
)
TEXT = "\n".join((PACKAGE / source).read_text(encoding="utf-8") for source in SOURCES)


def test_no_code_is_without_words_and_no_words_without_code() -> None:
    problems = set(re.findall(r'Problem\(\s*"([a-z_.]+)"', TEXT)) | {"keys.no_space", "keys.not_written"}
    violations = set(re.findall(r'Violation\(\s*"([a-z_.]+)"', TEXT)) | {"recovery.too_short", "recovery.too_long"}
    assert problems == set(access.PROBLEMS)
    assert violations == set(access.VIOLATIONS)


def test_sentences_take_the_values_that_are_given() -> None:
    values = dict.fromkeys(
        ("path", "most", "label", "id", "longest", "bits", "needed", "group", "character", "count", "expected", "kind"),
        "x",
    )
    for sentence in (*access.PROBLEMS.values(), *access.VIOLATIONS.values()):
        assert "{" not in sentence.format(**values)


def test_the_typography_is_french() -> None:
    for sentence in (*access.PROBLEMS.values(), *access.VIOLATIONS.values()):
        assert "'" not in sentence
        assert not re.search(r"(?<!\u202f)[;!?]|(?<!\u00a0)[:»]|«(?!\u00a0)", sentence), sentence
        assert sentence.endswith(".")
