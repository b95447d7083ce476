"""`make bench`: measures side by side and prints ratios. It asserts nothing: machines differ, ratios less."""

import sys

from rich.console import Console
from rich.table import Table

from bench import (  # noqa: F401 - importing a module lists its benchmarks
    afdocs,
    every_page,
    importing,
    lighthouse,
    listing,
    searching,
    tools,
)
from bench.registry import BENCHMARKS, CannotRunError


def main(names):
    """Run the benchmarks that are named, or all."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}: there is {', '.join(BENCHMARKS)}.")
    console = Console()
    for name in names or BENCHMARKS:
        run = BENCHMARKS[name]
        table = Table(title=run.__doc__, title_justify="left")
        table.add_column("What")
        for heading in ("Measured", "Beside", "Ratio", "Wanted"):
            table.add_column(heading, justify="right")
        try:
            rows = list(run())
        except CannotRunError as missing:
            console.print(f"{name}: {missing}", markup=False)
            if names:
                sys.exit(1)
            continue
        for row in rows:
            wanted = f"≤ {row.wanted:.3g}" if row.wanted else ""
            table.add_row(
                row.what,
                f"{row.measured:.2f} {row.unit}",
                f"{row.beside:.2f} {row.unit}",
                f"{row.ratio:.3g}",
                wanted,
            )
        console.print(table)


main(sys.argv[1:])
