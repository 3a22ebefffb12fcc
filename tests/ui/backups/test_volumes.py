from PySide6.QtCore import QStorageInfo

from osdesk.ui.backups.volumes import _may_go, mounted


def test_the_systems_own_drive_is_never_offered(qapp):
    root = QStorageInfo.root().rootPath()
    assert root not in [str(volume.root) for volume in mounted()]


def test_what_may_be_taken_away_is_told_by_where_it_is():
    for place in ("/media/ana/KINGSTON", "/run/media/ana/X", "/mnt/disco", "/Volumes/HD", "E:/"):
        assert _may_go(place), place
    for place in ("/", "/home", "/boot/efi", "/mediateca", "/var/lib/docker"):
        assert not _may_go(place), place
