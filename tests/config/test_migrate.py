"""Migrations: what is killed in the middle is done by the next run."""

import pytest

import live

KILL = """
import os
from django.core.management import call_command
from django.db import connection

def die(execute, sql, params, many, context):
    if "django_migrations" in sql and sql.startswith("INSERT") and "{app}" in params:
        os._exit(9)
    return execute(sql, params, many, context)

with connection.execute_wrapper(die):
    call_command("migrate", verbosity=0)
"""


@pytest.mark.parametrize("app", ["auth", "catalog"])
def test_a_run_killed_before_it_records_a_migration_is_done_again(tmp_path, app, new_database):
    with new_database(catalog=None) as database:
        given = {"DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3", "CATALOG_VAR": tmp_path, **database}
        killed = live.manage("shell", "--no-imports", "-c", KILL.format(app=app), **given)
        assert killed.returncode == 9, killed.stderr
        again = live.manage("migrate", "--verbosity=0", **given)
        assert again.returncode == 0, again.stderr
        assert live.manage("migrate", "--check", **given).returncode == 0
