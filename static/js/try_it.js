// Sends the call of a model's page from the browser with the visitor's key, and shows what comes back.

import { say } from "./code.js";
import { forBash } from "./key.js";
import { showCost } from "./try_it_cost.js";
import { whereJsonEnds } from "./try_it_json.js";

const PAUSE = 2000;
const WAITING = ["pending", "processing"];
// The key goes to this one address: not where it redirects to, and with nothing that the browser keeps of it.
const ALONE = { credentials: "omit", redirect: "error", cache: "no-store", referrerPolicy: "no-referrer" };

export function start(panel) {
  const call = JSON.parse(panel.dataset.call);
  const view = viewOf(panel);
  let running = null;
  const run = async () => {
    const headers = running ? null : readyHeaders(call, view);
    if (!headers) return;
    running = new AbortController();
    view.begin();
    try {
      await attempt(call, headers, view, running.signal);
    } catch (error) {
      explain(call, view, error, running.signal);
    } finally {
      running = null;
      view.end();
    }
  };
  view.send.addEventListener("click", run);
  view.stop.addEventListener("click", () => running?.abort());
  view.body.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  addEventListener("pagehide", () => running?.abort());
  view.send.disabled = false;
}

function viewOf(panel) {
  const part = (name) => panel.querySelector(`.try-it-${name}`);
  const [send, stop, body, status, text] = ["send", "stop", "body", "status", "text"].map(part);
  const box = text.closest("pre");
  const swap = (hidden, shown) => {
    const hadFocus = document.activeElement === hidden;
    [hidden.hidden, shown.hidden] = [true, false];
    if (hadFocus) shown.focus();
  };
  return {
    ...{ panel, send, stop, body, cost: part("cost") },
    say: (words) => (status.textContent = words),
    begin() {
      for (const name of ["answer", "offer"]) part(name).hidden = true;
      text.textContent = part("cost").textContent = "";
      swap(send, stop);
    },
    end: () => swap(stop, send),
    show(piece) {
      const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
      part("answer").hidden = false;
      text.append(piece);
      if (isAtEnd) box.scrollTop = box.scrollHeight;
    },
    offer(code) {
      part("curl").textContent = code;
      part("offer").hidden = !code;
    },
  };
}

// The headers of a call that can be sent, or null where something is to be put right first.
function readyHeaders(call, view) {
  const fault = whereJsonEnds(view.body.value);
  if (fault) return refuse(view, view.body, say("The body is not JSON: line {line}, column {column}.", fault));
  const field = view.panel.closest(".snippet").querySelector(".snippet-key input");
  const key = field.value.trim();
  if (!key) return refuse(view, field, say("Put your key into the field “Your key” above."));
  try {
    return new Headers({ ...call.headers, Authorization: `Bearer ${key}` });
  } catch {
    return refuse(view, field, say("The key holds a character that no request can carry."));
  }
}

function refuse(view, field, words) {
  view.say(words);
  field.focus();
  return null;
}

async function attempt(call, headers, view, signal) {
  const init = { ...ALONE, headers, signal };
  view.say(say("Sending …"));
  const sent = view.body.value;
  let answer = await exchange(call.url, { ...init, method: "POST", body: sent }, view);
  if (answer.isOk && call.poll_url) answer = await followed(call, init, view, signal, answer);
  view.say(
    answer.task
      ? say("{status}, task {task}. First byte after {first}, done after {total}.", answer)
      : say("{status}. First byte after {first}, done after {total}.", answer),
  );
  if (answer.isOk) await showCost(call, sent, answer, view.cost, signal);
}

// Sends one request and shows what arrives as it arrives.
async function exchange(url, init, view, began = performance.now()) {
  const since = () => `${Math.round(performance.now() - began).toLocaleString("en")} ms`;
  const answer = await fetch(url, init);
  const status = `${answer.status} ${answer.statusText}`.trim();
  const isFirst = init.method === "POST";
  const read = { isOk: answer.ok, status, type: answer.headers.get("Content-Type") ?? "", text: "", first: "" };
  const decoder = new TextDecoder();
  const take = (piece) => {
    read.text += piece;
    if (piece) view.show(piece);
  };
  if (!isFirst) view.show("\n\n");
  for (const reader = answer.body?.getReader(); reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!read.first && isFirst)
      view.say(say("{status}. First byte after {first}, reading …", { status, first: since() }));
    read.first ||= since();
    take(decoder.decode(value, { stream: true }));
  }
  take(decoder.decode());
  return { ...read, first: read.first || since(), total: since(), began };
}

// Asks for a task until it has ended; the time to the first byte is that of its creation.
async function followed(call, init, view, signal, created) {
  const { id } = readObject(created.text);
  if (typeof id !== "string") return created;
  for (;;) {
    await pause(PAUSE, signal);
    const url = call.poll_url.replace("{task_id}", () => encodeURIComponent(id));
    const answer = await exchange(url, { ...init, method: "GET" }, view, created.began);
    const { status } = readObject(answer.text);
    if (!answer.isOk || !WAITING.includes(status)) {
      return { ...answer, first: created.first, task: typeof status === "string" ? status : "" };
    }
    view.say(say("Task {status}. First byte after {first}.", { status, first: created.first }));
  }
}

function readObject(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

const pause = (time, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, time);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

// A browser tells a page nothing of why a request failed: what may be the cause is named, and another way.
function explain(call, view, error, signal) {
  if (signal.aborted) return view.say(say("Stopped."));
  const { origin } = new URL(call.url);
  view.say(
    navigator.onLine
      ? say(
          "No answer of {origin} could be read. Either it was not reached, or it does not let pages of {site} read its answers (CORS); a browser does not tell which.",
          { origin, site: location.origin },
        )
      : say("This browser is offline."),
  );
  view.offer(commandOf(view));
  if (!(error instanceof TypeError)) throw error;
}

// The page's own cURL sample, with the body as it stands in the field; the key stays in its variable.
function commandOf({ panel, body }) {
  const sample = panel.closest(".snippet").querySelector("[data-language=curl] pre code")?.textContent ?? "";
  const was = forBash(body.defaultValue);
  return sample.includes(was) ? sample.replace(was, () => forBash(body.value)) : "";
}
