"""A newer base is refused, an older one is backed up first and migrated whole, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from antenne.base.clock import SystemClock
from antenne.base.problems import Problem
from antenne.db import cipher, keys, upgrade
from antenne.db.slots import Unlocked
from antenne.services import access, opening
from antenne.services.backup import back_up_before_migration
from antenne.wording import problems
from tests.conftest import LABELS, PHRASES

NEWEST = upgrade.newest()
NEXT = """
from alembic import op

revision = "9000"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person", recreate="always") as batch:
        batch.alter_column("quarter", new_column_name="area")
    {extra}
"""


@pytest.fixture
def with_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that knows one migration more: it rebuilds the table that has children."""
    folder = tmp_path / "migrations"
    shutil.copytree(Path(upgrade.__file__).parent / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    script = folder / "versions" / "r9000_next.py"
    script.write_text(NEXT.format(extra="pass", before=NEWEST), encoding="utf-8")

    monkeypatch.setattr(upgrade, "SCRIPTS", folder)
    return script


def _key(made_office: tuple[Path, dict[str, Unlocked]]) -> str:
    return keys.cipher_key(made_office[1]["secretaire"].base_key)


def _fill(folder: Path, key: str) -> None:
    raw = cipher.connect(folder / access.BASE_FILE, key)
    raw.execute(
        "INSERT INTO person (id, number, last_name, first_name, name_norm, search_text, pseudonym, nicknames,"
        " birth_precision, birth_event, birth_place, nationality, languages, quarter, emergency_name, emergency_phone,"
        " never_tell, recognition_question, mother_name, schooling, activity, displaced_from, id_type, id_number, nina,"
        " evident_adult, register_ref, updated_at, updated_by) VALUES (1, 'P-00001', 'Koné', 'Awa', 'kone awa', '', '',"
        " '[]', 'unknown', '', '', '', '[]', 'Sévaré', '', '', '', '', '', '', '', '', '', '', '', '', '',"
        " '2026-01-01T00:00:00Z', 1)"
    )
    raw.execute("INSERT INTO person_phone (person_id, position, number, owner) VALUES (1, 0, '+22376123456', 'elle')")
    raw.close()


def test_an_older_base_is_backed_up_then_migrated_with_its_children(
    office_folder: Path, made_office: tuple[Path, dict[str, Unlocked]], with_next: Path
) -> None:
    key = _key(made_office)
    _fill(office_folder, key)
    unlocked = made_office[1]["secretaire"]
    kept: list[Path] = []
    back_up = back_up_before_migration(office_folder, unlocked)

    def noted(version: str) -> None:
        kept.append(back_up(version))

    assert upgrade.migrate(office_folder / access.BASE_FILE, key, noted)
    assert [path.is_file() for path in kept] == [True]
    raw = cipher.connect(office_folder / access.BASE_FILE, key)
    assert cipher.schema_version(raw) == "9000"
    assert raw.execute("SELECT area FROM person").fetchone() == ("Sévaré",)
    assert raw.execute("SELECT count(*) FROM person_phone").fetchone() == (1,)
    raw.close()


def test_a_base_that_cannot_be_backed_up_is_not_touched(
    office_folder: Path, made_office: tuple[Path, dict[str, Unlocked]], with_next: Path
) -> None:
    key = _key(made_office)

    def full(_version: str) -> None:
        raise Problem("backup.local_full", needed_mb=1)

    with pytest.raises(Problem):
        upgrade.migrate(office_folder / access.BASE_FILE, key, full)
    raw = cipher.connect(office_folder / access.BASE_FILE, key)
    assert cipher.schema_version(raw) == NEWEST
    raw.close()


def test_a_migration_that_fails_leaves_the_base_as_it_was(
    office_folder: Path, made_office: tuple[Path, dict[str, Unlocked]], with_next: Path
) -> None:
    key = _key(made_office)
    _fill(office_folder, key)
    with_next.write_text(
        NEXT.format(extra='op.execute("INSERT INTO nothing VALUES (1)")', before=NEWEST), encoding="utf-8"
    )
    with pytest.raises(Exception, match="nothing"):
        upgrade.migrate(office_folder / access.BASE_FILE, key)
    raw = cipher.connect(office_folder / access.BASE_FILE, key)
    assert cipher.schema_version(raw) == NEWEST
    assert raw.execute("SELECT quarter FROM person").fetchone() == ("Sévaré",)
    raw.close()


def test_a_newer_base_is_refused_in_plain_words_and_not_touched(
    office_folder: Path, made_office: tuple[Path, dict[str, Unlocked]]
) -> None:
    key = _key(made_office)
    raw = cipher.connect(office_folder / access.BASE_FILE, key)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()
    before = (office_folder / access.BASE_FILE).read_bytes()
    unlocked = access.unlock(office_folder, PHRASES["secretaire"], LABELS["secretaire"])
    with pytest.raises(Problem) as caught:
        opening.open_desk(office_folder, unlocked, SystemClock())
    assert "version plus récente" in problems.sentence(caught.value)
    assert (office_folder / access.BASE_FILE).read_bytes() == before


def test_an_up_to_date_base_is_left_alone(office_folder: Path, made_office: tuple[Path, dict[str, Unlocked]]) -> None:
    def never(_version: str) -> None:
        raise AssertionError

    assert not upgrade.migrate(office_folder / access.BASE_FILE, _key(made_office), never)


def test_the_newest_revision_is_the_head_of_the_scripts() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(upgrade.SCRIPTS))
    config.set_main_option("path_separator", "os")
    assert upgrade.newest() == ScriptDirectory.from_config(config).get_current_head()
