"""Runs Ruby snippets with the real Ruby, each in a process forked from one that has loaded the libraries."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from runtimes.answers_read import read_http
from runtimes.running import VARIABLE, Run, Runtime, environment, key_of_code, place_of, version_of

_DRIVER = """\
require "json"
require "net/http"
require "open-uri"
require "securerandom"
codes, keys, places, variable = JSON.parse($stdin.read)
def self.sleep(seconds) = seconds # only of snippets: timeouts sleep too
statuses = codes.each_index.map do |number|
  id = fork do
    $stdin.reopen(File::NULL)
    $stdout.reopen("#{number}.out", "w")
    $stderr.reopen("#{number}.err", "w")
    ENV[variable] = keys[number]
    Dir.chdir(places[number])
    eval(codes[number], TOPLEVEL_BINDING, "snippet.rb", 1)
  end
  Process.wait2(id).last.exitstatus
end
puts statuses.to_json
"""


def run(codes: Sequence[str], folder: Path) -> list[Run]:
    """Run each code on its own; only waiting is left out."""
    keys = [key_of_code(number) for number in range(len(codes))]
    places = [str(place_of(folder, number)) for number in range(len(codes))]
    ended = subprocess.run(
        ["ruby", "-e", _DRIVER],
        cwd=folder,
        env=environment(),
        input=json.dumps([codes, keys, places, VARIABLE]),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return [
        Run(
            status,
            *((folder / f"{number}.{kind}").read_text(errors="surrogateescape") for kind in ("out", "err")),
        )
        for number, status in enumerate(json.loads(ended.stdout))
    ]


RUNTIME = Runtime(run, read_http, {"ruby": "ruby"}, name=lambda: f"Ruby {version_of('ruby', '--version')}")
