"""``sauvegarder``, ``verifier``, ``restaurer``."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from antenne.base.clock import SystemClock
from antenne.base.media import SystemMedia
from antenne.base.problems import Problem
from antenne.cli import desks
from antenne.domain.backups import BackupFile


def save(options: Namespace) -> int:
    """Make a backup, read it back, print its path last."""
    from antenne.services import backup
    from antenne.wording import backup as words

    if not options.cible.is_dir():
        raise Problem("cli.output", path=str(options.cible))
    with desks.opened(options) as desk, desks.watched() as progress:
        report = backup.make_backup(desk, options.cible, SystemMedia(), progress).value
    sys.stderr.write(f"{words.closing(report.file)}\n")
    print(report.path)
    return 0


def verify(options: Namespace) -> int:
    """Say whether a file is « intacte », or « authentique » when a phrase was given; exit 1 when it is neither."""
    from antenne.services import backup, restoring
    from antenne.wording import backup as words
    from antenne.wording import problems

    media = SystemMedia()
    wants_phrase = options.phrase_fichier is not None
    try:
        _there(options.fichier)
        unlocked = (
            restoring.unlock_backup(options.fichier, desks.phrase_of(options), options.etiquette, media)
            if wants_phrase
            else None
        )
        with desks.watched() as progress:
            file = backup.verify_file(options.fichier, unlocked, media, progress)
    except Problem as problem:
        if not options.json:
            raise
        print(
            json.dumps(
                {"etat": "illisible", "code": problem.code, "detail": problems.sentence(problem)}, ensure_ascii=False
            )
        )
        return 1
    if options.json:
        print(json.dumps(_described(file), ensure_ascii=False, indent=2))
    else:
        print(words.verdict(file))
    return 0


def restore(options: Namespace) -> int:
    """Bring a backup into a new folder."""
    from antenne.services import restoring
    from antenne.wording import backup as words

    if options.dossier is None:
        sys.stderr.write("antenne\u00a0: il manque\u00a0: --dossier NOUVEAU\n")
        return 2
    media = SystemMedia()
    _there(options.fichier)
    unlocked = restoring.unlock_backup(options.fichier, desks.phrase_of(options), options.etiquette, media)
    with desks.watched() as progress:
        report = restoring.restore(
            options.fichier, options.dossier, unlocked, clock=SystemClock(), media=media, progress=progress
        )
    sys.stderr.write(f"Restaurée\u00a0: {words.holds(report.contents)}.\n")
    print(report.folder)
    return 0


def _there(path: Path) -> None:
    if not path.is_file():
        raise Problem("cli.no_file", path=str(path))


def _described(file: BackupFile) -> dict[str, object]:
    said: dict[str, object] = {
        "etat": "authentique" if file.authentic else "intacte",
        "base": file.db_id,
        "numero": file.counter,
        "faite_le": file.created.isoformat(),
        "programme": file.program,
        "schema": file.schema,
        "octets": file.size,
    }
    if file.contents is not None:
        said["contenu"] = dict(file.contents.counts)
    return said
