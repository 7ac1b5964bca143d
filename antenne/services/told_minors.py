"""A minor goes up to the responsable at once, by her talk or by her file, whichever comes first; once."""

from __future__ import annotations

from antenne.domain.alerts import Notice, Reason
from antenne.domain.listening import ListeningSession, subject_key
from antenne.domain.minors import Minor
from antenne.domain.sealed_codec import to_payload
from antenne.domain.sealed_counts import Aliases
from antenne.services.compartment import Batch, Compartment, Kept, every_kept
from antenne.services.desk import Desk


def tell_of_talk(desk: Desk, batch: Batch, own: Compartment, aliases: Aliases, talk: Kept[ListeningSession]) -> None:
    """A talk is saved; one with a minor goes up. Commit is the caller's."""
    if not talk.record.minor:
        return
    files = {one.id for one in every_kept(own, Minor) if one.record.session_id == talk.id}
    if not _told(own, aliases, {aliases.of(talk.record.who)}, {talk.id, *files}):
        raise_notice(desk, batch, Reason.MINOR, talk.id)


def tell_of_file(desk: Desk, batch: Batch, own: Compartment, aliases: Aliases, file: Kept[Minor]) -> None:
    """Her file is opened; commit is the caller's."""
    if not _told(own, aliases, _names(aliases, file.record), {file.id, file.record.session_id}):
        raise_notice(desk, batch, Reason.MINOR, file.id)


def raise_notice(desk: Desk, batch: Batch, reason: Reason, subject: str) -> None:
    """Something goes up; the responsable sees it at her next opening."""
    notice = Notice(reason=reason, subject=subject, created_at=desk.clock.now(), created_by=desk.actor.user_id)
    batch.put(to_payload(notice))


def _names(aliases: Aliases, minor: Minor) -> set[str]:
    """Under what she is counted: her code, her file."""
    named = [] if minor.person_id is None else [subject_key(minor.person_id, "")]
    return {aliases.of(one) for one in (subject_key(None, minor.code), *named)}


def _told(own: Compartment, aliases: Aliases, names: set[str], records: set[str]) -> bool:
    """Whether a notice already names one of these records, or another record of the same girl."""
    talks = {one.id: one.record for one in every_kept(own, ListeningSession)}
    files = {one.id: one.record for one in every_kept(own, Minor)}

    def hers(subject: str) -> bool:
        if subject in records:
            return True
        if subject in talks:
            return aliases.of(talks[subject].who) in names
        minor = files.get(subject)
        return minor is not None and (minor.session_id in records or not names.isdisjoint(_names(aliases, minor)))

    notices = (one.record for one in every_kept(own, Notice))
    return any(one.reason is Reason.MINOR and hers(one.subject) for one in notices)
