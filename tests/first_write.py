"""Says when a program has begun to write, so that a test can kill it in the middle."""

from django.db import connection


def announced():
    """While the block runs, print "begun" at its first write, which is within its transaction."""
    writes = []

    def look(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not writes and sql.startswith(("INSERT", "UPDATE")):
            writes.append(sql)
            print("begun", flush=True)  # noqa: T201 - the test waits for it
        return result

    return connection.execute_wrapper(look)
