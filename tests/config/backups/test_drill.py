"""A restored database is the one that was backed up: the same pages, and everything goes on in it."""

import json

import backups


def test_a_restored_site_is_the_same_and_goes_on(origin, backup, empty):
    said = json.loads(backups.manage("restore", backup, "--json", **empty))
    manifest = backups.manifest(backup)
    assert (said["revision"], said["rows"]) == (manifest.contents.revision, manifest.contents.rows)
    assert said["rows"] > 5_000
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


def test_what_is_published_meanwhile_is_in_it_whole_or_not_at_all(origin, empty, tmp_path):
    writer = backups.start("write", 60, settings=origin, program=backups.WORKER)
    try:
        assert writer.stdout.readline() == "1\n"
        before = backups.worker("state", settings=origin)["revision"]
        made = backups.made(tmp_path / "to", **origin)
        after = backups.worker("state", settings=origin)["revision"]
        assert writer.poll() is None, writer.stderr.read()
    finally:
        writer.kill()
        writer.communicate()
    assert before <= made["revision"] < after
    backups.manage("restore", made["path"], **empty)
    backups.set_clock(empty)
    assert backups.worker("state", settings=empty) == {
        "revision": made["revision"],
        "current": made["revision"],
        "overviews": [f"Revision {made['revision']}"],
        "events_of_none": 0,
        "records": [made["revision"]],
    }
