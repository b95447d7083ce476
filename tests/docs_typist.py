"""Types the answers to a command that asks: `python docs_typist.py manage.py createsuperuser`."""

import os
import pty
import sys

PASSWORD = "keeper-of-the-lighthouse"
ANSWERS = {
    "Username": "keeper",
    "Email address:": "keeper@catalog.example",
    "Password:": PASSWORD,
    "Password (again):": PASSWORD,
}


def main(command):
    """Run the command at a terminal of its own, show what it says, and end as it ends."""
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(command[0], command)
    waiting = ""
    while piece := _read(terminal):
        os.write(sys.stdout.fileno(), piece)
        waiting += piece.decode(errors="replace")
        if waiting.rstrip().endswith(":"):
            asked = waiting.splitlines()[-1]
            answer = next((said for prompt, said in ANSWERS.items() if asked.startswith(prompt)), None)
            if answer is not None:
                os.write(terminal, f"{answer}\n".encode())
                waiting = ""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _read(terminal):
    try:
        return os.read(terminal, 1024)
    except OSError:  # Linux says so when the other side has ended
        return b""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
