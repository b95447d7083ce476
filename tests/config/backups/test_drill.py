"""A restored database is the one that was backed up: the same pages, and everything goes on in it."""

import json

import backups


def test_a_restored_site_is_the_same_and_goes_on(origin, backup, empty):
    said = json.loads(backups.manage("restore", backup, "--json", **empty))
    manifest = backups.manifest(backup)
    assert (said["revision"], said["rows"]) == (manifest.contents.revision, manifest.contents.rows)
    assert said["rows"] > 3_000
    assert said["migrations_due"] == 0
    backups.set_clock(empty)
    was, now = (backups.worker("look", settings=settings) for settings in (origin, empty))
    assert was["statuses"] == [200]
    assert len(was["found"]) == 3
    # Sessions let their holder in, and are in no backup.
    assert (was.pop("sessions"), now.pop("sessions")) == (1, 0)
    assert now == was
    assert backups.worker("work", settings=empty) == {
        "signed_in": True,
        "status": 302,
        "raised": True,
        "shown": [True],
        "revisions": 1,
        "audit": ["keeper", "After a restore", 1],
        "edit": True,
        "deletion": True,
        "overlap": True,
        "missing": [],
    }
    backups.manage("migrate", "--check", **empty)


def test_what_is_published_meanwhile_is_in_it_whole_or_not_at_all(backup, empty, tmp_path):
    backups.manage("restore", backup, **empty)
    backups.set_clock(empty)
    writer = backups.start("write", 60, settings=empty, program=backups.WORKER)
    try:
        assert writer.stdout.readline() == "1\n"
        made = backups.made(tmp_path / "to", **empty)
        assert writer.poll() is None, writer.stderr.read()
    finally:
        writer.kill()
        published = writer.communicate()[0].split()
    # The first revision is that of the loaded catalog.
    assert 2 <= made["revision"] < int(published[-1]) + 1
    with backups.empty_place(tmp_path) as second:
        backups.manage("restore", made["path"], **second)
        state = backups.worker("state", settings=second)
    assert state == {
        "revision": made["revision"],
        "current": made["revision"],
        "overviews": [f"Revision {made['revision']}"],
        "events_of_none": 0,
        "records": [made["revision"]],
    }
