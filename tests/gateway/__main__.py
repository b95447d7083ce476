"""Runs the gateway by hand: `make gateway`, then call it as the snippets call the real one."""

import argparse
from contextlib import suppress

from gateway.server import LOOPBACK, Gateway, listen
from snippet_records import bundled_records


def main() -> None:
    """Serve the bundled catalog's models until interrupted."""
    parser = argparse.ArgumentParser(prog="make gateway")
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument(
        "--pace", type=int, default=40, help="milliseconds between the events of a stream, to see it arrive"
    )
    given = parser.parse_args()
    gateway = Gateway(bundled_records(), origins=LOOPBACK)
    with (
        suppress(KeyboardInterrupt),
        listen(gateway, given.port, log=True, pace=given.pace / 1000) as server,
    ):
        print(f"The gateway answers at http://127.0.0.1:{server.server_address[1]}; any key is taken.")  # noqa: T201
        print("Ctrl-C ends it.", flush=True)  # noqa: T201
        server.serve_forever()


main()
