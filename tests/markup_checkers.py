"""Two validators of HTML, the W3C's and html-validate, and TypeScript with the types of schema.org."""

import json
import os
import subprocess
from pathlib import Path

import needs
from runtimes import node

RULES = {
    "root": True,
    "extends": ["html-validate:recommended"],
    "rules": {
        # Boxes that are ticked share a name; which are ticked is the list that is sent.
        "form-dup-name": ["error", {"shared": ["radio", "checkbox", "submit", "button", "reset"]}],
        # A frame that scrolls is a region with a name, and no section of the text.
        "prefer-native-element": ["error", {"exclude": ["region"]}],
        # The search of the header is sent with Enter, the page of the search has its button.
        "wcag/h32": "off",
        # A model is named whole, however long its ID.
        "long-title": "off",
    },
}
VNU = node.PACKAGES / "vnu-jar/build/dist/vnu.jar"


def w3c(pages):
    """What the W3C's validator finds wrong, warnings too: file, line and message."""
    program = needs.program("java", "default-jre-headless")
    if not VNU.is_file():
        needs.cannot_run("vnu-jar is not installed", "make test installs it with npm")
    ended = _run([program, "-jar", str(VNU), "--format", "json", "--stdout", *map(str, pages)])
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')!r}"
        for one in json.loads(ended.stdout)["messages"]
    ]


def html_validate(pages, folder):
    """What html-validate finds wrong by its recommended rules, but for those of `RULES`."""
    (folder / ".htmlvalidate.json").write_text(json.dumps(RULES))
    config = ["--config", str(folder / ".htmlvalidate.json"), "--formatter", "json"]
    ended = _node("html-validate/bin/html-validate.mjs", *config, *map(str, pages))
    return [
        f"{Path(file['filePath']).name}:{one['line']}: {one['ruleId']}: {one['message']}"
        for file in json.loads(ended.stdout)
        for one in file["messages"]
    ]


def schema_org(graphs, folder):
    """What TypeScript finds wrong in things that say they are schema.org's: name -> graph."""
    home = folder / "types"
    home.mkdir()
    (home / "node_modules").symlink_to(node.PACKAGES, target_is_directory=True)
    settings = {"strict": True, "noEmit": True, "module": "nodenext", "skipLibCheck": True, "types": []}
    (home / "tsconfig.json").write_text(json.dumps({"compilerOptions": settings, "include": ["*.ts"]}))
    (home / "package.json").write_text('{"type": "module"}')
    for name, graph in graphs.items():
        said = json.dumps(_typed(graph), indent=1)
        code = f'import type {{ Graph }} from "schema-dts";\nexport const said: Graph = {said};\n'
        (home / f"{name}.ts").write_text(code)
    ended = _node("typescript/bin/tsc", "--pretty", "false", cwd=home)
    return ended.stdout.splitlines()


def _typed(thing):
    """Leave out what an action says of its input, as `query-input`: schema.org has it, its types do not."""
    if isinstance(thing, list):
        return [_typed(one) for one in thing]
    if not isinstance(thing, dict):
        return thing
    return {name: _typed(value) for name, value in thing.items() if not name.endswith("-input")}


def _node(script, *arguments, cwd=None):
    program = node.node()
    if not (node.PACKAGES / script).is_file():
        needs.cannot_run(f"{script} is not installed", "make test installs it with npm")
    return _run([program, str(node.PACKAGES / script), *arguments], cwd)


def _run(command, cwd=None):
    return subprocess.run(
        command, cwd=cwd, env=os.environ, capture_output=True, text=True, timeout=300, check=False
    )
