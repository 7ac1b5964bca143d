"""The system's media: exclusive files, names that replace nothing, mounts, errors told apart."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from antenne.base import media_linux
from antenne.base.media import SystemMedia, problem_of, read_exactly
from antenne.base.problems import Problem
from antenne.base.volumes import Volume


def test_a_file_is_written_synced_and_read_from_the_medium(tmp_path: Path) -> None:
    media, path = SystemMedia(), tmp_path / "a.part"
    data = bytes(range(256)) * 40_000
    writer = media.create(path)
    writer.write(data)
    writer.sync()
    writer.close()
    assert media.size(path) == len(data)
    for reader in (media.open(path), media.open_on_medium(path)):
        assert read_exactly(reader, len(data) + 5) == data
        assert reader.read(10) == b""
        reader.seek(1000)
        assert read_exactly(reader, 3) == data[1000:1003]
        reader.close()


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        SystemMedia().create(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_rename_replaces_nothing(tmp_path: Path) -> None:
    media = SystemMedia()
    (tmp_path / "a").write_bytes(b"new")
    (tmp_path / "b").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        media.rename(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"old"
    media.rename(tmp_path / "a", tmp_path / "c")
    assert media.names(tmp_path) == ("b", "c")


def test_removing_and_hiding(tmp_path: Path) -> None:
    media = SystemMedia()
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    media.hide(tmp_path / "a")
    assert media.names(tmp_path) == ("a",)
    media.remove(tmp_path / "a")
    media.remove(tmp_path / "a")
    assert media.names(tmp_path) == ()


def test_the_volume_of_a_folder_has_room(tmp_path: Path) -> None:
    volume = SystemMedia().volume(tmp_path)
    assert 0 < volume.free <= volume.total
    assert volume.filesystem
    assert tmp_path.is_relative_to(volume.root)


def test_a_folder_that_is_gone_has_no_volume(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        SystemMedia().volume(tmp_path / "gone")
    assert problem_of(caught.value, tmp_path).code == "media.gone"


def test_what_desktops_mount_is_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        f"/dev/sdb1 {tmp_path}/media/ma\\040clé vfat ro,nosuid 0 0\n"
        "/dev/sdc1 /media/gone vfat rw 0 0\nshort\n",
        encoding="utf-8",
    )
    key = tmp_path / "media" / "ma clé"
    key.mkdir(parents=True)
    monkeypatch.setattr(media_linux, "_REMOVABLE", (f"{tmp_path}/media/", "/media/"))
    found = media_linux.removable_volumes(mounts)
    assert [(volume.root, volume.label, volume.filesystem, volume.read_only) for volume in found] == [
        (key, "ma clé", "vfat", True)
    ]
    assert found[0].removable
    (key / "inside").mkdir()
    assert media_linux.volume_of(key / "inside", mounts).root == key
    assert media_linux.volume_of(tmp_path, mounts).root == Path("/")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENODEV, "media.gone"),
        (errno.ENOENT, "media.gone"),
        (errno.EROFS, "media.read_only"),
        (errno.EACCES, "media.read_only"),
        (errno.ENOSPC, "media.full"),
        (errno.EFBIG, "media.too_big"),
        (errno.EIO, "media.faulty"),
        (errno.EINVAL, "media.faulty"),
    ],
)
def test_errors_are_told_apart(number: int, code: str) -> None:
    assert problem_of(OSError(number, "x"), Path("a/b")).code == code
    assert problem_of(OSError(number, "x"), Path("a/b")).values == {"name": "b"}


@pytest.mark.parametrize(("number", "code"), [(1167, "media.gone"), (21, "media.gone"), (19, "media.read_only"),
                                              (112, "media.full"), (23, "media.faulty")])  # fmt: skip
def test_windows_numbers_are_told_apart(number: int, code: str) -> None:
    error = OSError(errno.EINVAL, "x")
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]  # what Windows adds
    assert problem_of(error, Path("a")).code == code


def test_a_key_in_use_is_not_ejected(tmp_path: Path) -> None:
    assert sys.platform != "win32"
    volume = Volume(root=tmp_path, label="ANTENNE-1", serial="", filesystem="vfat", free=1, total=1, removable=True,
                    device="/dev/no-such-key")  # fmt: skip
    with pytest.raises(Problem, match=r"media\.not_ejected"):
        SystemMedia().eject(volume)
