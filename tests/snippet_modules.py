"""Runs JavaScript and TypeScript snippets with recorders in the place of the SDKs and of fetch."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from runtimes.node import node
from snippet_calls import ANSWERS, KEY, Call

_SDK_STUB = """\
const record = (url, key, body) => {
  globalThis.calls.push({ method: "POST", url, key, body, files: {} });
  const text = "text", part = { type: text, text, message: { content: text } };
  const found = { content: [part], choices: [part], output_text: text, output: [], text, usage: {} };
  found.data = [{ embedding: [0.5] }];
  return Object.assign([], found);
};
"""
_STUBS = {
    "@anthropic-ai/sdk": """\
export default class {
  constructor({ baseURL, apiKey }) {
    this.messages = { create: async (body) => record(baseURL + "/v1/messages", apiKey, body) };
  }
}
""",
    "openai": """\
export default class {
  constructor({ baseURL, apiKey }) {
    const to = (path) => ({ create: async (body) => record(baseURL + path, apiKey, body) });
    this.chat = { completions: to("/chat/completions") };
    this.responses = to("/responses");
    this.embeddings = to("/embeddings");
  }
}
""",
    "@google/genai": """\
export const Type = { OBJECT: "OBJECT", STRING: "STRING" };
export class GoogleGenAI {
  constructor({ apiKey, httpOptions: { baseUrl, apiVersion } }) {
    const to = (method) => async ({ model, contents, config }) => {
      const said = [{ role: "user", parts: [{ text: contents }] }];
      const { tools, ...generationConfig } = config ?? {};
      const body = { contents: typeof contents === "string" ? said : contents };
      if (tools) body.tools = tools;
      if (Object.keys(generationConfig).length) body.generationConfig = generationConfig;
      return record(`${baseUrl}/${apiVersion}/models/${model}:${method}`, apiKey, body);
    };
    const stream = to("streamGenerateContent?alt=sse");
    this.models = {
      generateContent: to("generateContent"),
      generateContentStream: async (given) => [await stream(given)],
    };
  }
}
""",
}
_DRIVER = """\
import { writeFileSync } from "node:fs";
const answers = JSON.parse(process.env.ANSWERS);
globalThis.setTimeout = (run) => { queueMicrotask(run); };
console.log = () => {};
process.stdout.write = () => true;
globalThis.fetch = async (url, { method = "GET", headers, body }) => {
  const call = { method, url, key: headers.Authorization.replace("Bearer ", "") };
  if (body instanceof FormData) {
    call.body = {}; call.files = {};
    for (const [name, value] of body) {
      if (typeof value === "string") call.body[name] = value; else call.files[name] = value.name;
    }
  } else if (body) { call.body = JSON.parse(body); call.files = {}; }
  globalThis.calls.push(call);
  const answer = answers[Math.min(globalThis.calls.length - 1, 3)];
  return { ok: true, status: 200, json: async () => answer, text: async () => "", body: [new Uint8Array()] };
};
const found = [];
for (let number = 0; number < Number(process.env.COUNT); number += 1) {
  globalThis.calls = [];
  await import(`./${number}.${process.env.SUFFIX}`);
  found.push(globalThis.calls);
}
writeFileSync("calls.json", JSON.stringify(found));
"""


def run_javascript(codes: Sequence[str], folder: Path, variable: str = "RUNAPI_KEY") -> list[list[Call]]:
    """Run each code as an ES module in one Node, with recorders for what it imports and for fetch."""
    return _run_modules(codes, folder, variable, "mjs", "node")


def run_typescript(codes: Sequence[str], folder: Path, variable: str = "RUNAPI_KEY") -> list[list[Call]]:
    """Run each code as it stands, in a Node that reads TypeScript."""
    return _run_modules(codes, folder, variable, "mts", node())


def _run_modules(
    codes: Sequence[str], folder: Path, variable: str, suffix: str, program: str
) -> list[list[Call]]:
    (folder / "interview.mp3").write_bytes(b"")
    for package, stub in _STUBS.items():
        home = folder / "node_modules" / package
        home.mkdir(parents=True)
        (home / "package.json").write_text('{"type": "module", "exports": "./index.js"}')
        (home / "index.js").write_text(_SDK_STUB + stub)
    for number, code in enumerate(codes):
        (folder / f"{number}.{suffix}").write_text(code)
    (folder / "driver.mjs").write_text(_DRIVER)
    environment = {"PATH": os.environ["PATH"], variable: KEY, "COUNT": str(len(codes)), "SUFFIX": suffix}
    environment["ANSWERS"] = json.dumps(ANSWERS)
    subprocess.run([program, "driver.mjs"], cwd=folder, env=environment, check=True, timeout=300)
    calls: list[list[Call]] = json.loads((folder / "calls.json").read_text())
    return calls
