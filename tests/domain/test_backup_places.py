"""The second place, known by its drive's name wherever the system puts the drive today."""

from pathlib import Path

from osdesk.domain.backup_places import SecondPlace, Volume, candidates, chosen_place

STICK = Volume("KINGSTON", Path("/media/ana/KINGSTON"))
MOVED = Volume("KINGSTON", Path("/run/media/ana/KINGSTON1"))
DISK = Volume("", Path("/mnt/disco"))


def test_a_folder_on_a_drive_is_known_by_the_drives_name():
    place = chosen_place(STICK.root / "loja" / "copias", [DISK, STICK])
    assert (place.label, place.inside, place.name) == ("KINGSTON", "loja/copias", "KINGSTON")
    assert candidates(place, [DISK]) == []
    assert candidates(place, [DISK, MOVED]) == [MOVED.root / "loja" / "copias"]


def test_a_drive_that_is_chosen_whole_gets_a_folder_of_ours():
    place = chosen_place(STICK.root, [STICK])
    assert place.folder == STICK.root / "osdesk-backups"
    assert candidates(place, [MOVED]) == [MOVED.root / "osdesk-backups"]


def test_a_folder_elsewhere_or_on_a_drive_without_a_name_stays_where_it_is():
    for folder in (Path("/home/ana/Nuvem/backups"), DISK.root / "copias"):
        place = chosen_place(folder, [DISK, STICK])
        assert candidates(place, []) == [folder]
        assert place.name == folder.name


def test_the_nearest_drive_counts():
    inner = Volume("DENTRO", STICK.root / "dentro")
    assert chosen_place(inner.root / "x", [STICK, inner]).label == "DENTRO"


def test_two_drives_of_one_name_are_both_looked_at():
    place = SecondPlace(STICK.root / "x", "KINGSTON", "x")
    assert candidates(place, [STICK, MOVED]) == [STICK.root / "x", MOVED.root / "x"]
