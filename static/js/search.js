// The search dialog: asks the server as one types, lists what it finds in groups, and remembers what was picked.
import { say } from "./code.js";
import { recall, remember } from "./storage.js";

const HEADINGS = { model: say("Models"), family: say("Families"), provider: say("Providers"), docs: say("Docs") };
const STAGES = { preview: say("preview"), deprecated: say("deprecated"), retired: say("retired") };
const RECENT = "search-recent";
const MOST_RECENT = 6;
const PAUSE = 60;

let dialog, field, list, status, asked, timer;

export function open(typed) {
  dialog ??= build();
  if (!dialog.open) dialog.showModal();
  if (typed) field.value = typed;
  field.focus();
  field.select();
  // What was typed in the page's field goes on here.
  if (typed) field.setSelectionRange(typed.length, typed.length);
  ask();
}

function build() {
  const made = document.createElement("dialog");
  made.className = "search-dialog";
  made.setAttribute("aria-label", say("Search"));
  made.innerHTML = `
    <form action="/search" role="search">
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        <circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>
      </svg>
      <input type="search" name="q" role="combobox" aria-label="${say("Search models and docs")}"
        aria-expanded="true" aria-controls="search-found" aria-autocomplete="list"
        placeholder="${say("Model, family, provider or docs")}" maxlength="200" autocomplete="off"
        autocapitalize="off" spellcheck="false">
      <button class="button" type="button">${say("Close")}</button>
    </form>
    <div class="search-found" id="search-found" role="listbox" aria-label="${say("Results")}"></div>
    <p class="search-status" role="status"></p>
    <p class="search-keys" aria-hidden="true"><kbd>↑</kbd><kbd>↓</kbd> ${say("to move")}
      <kbd>Enter</kbd> ${say("to open")} <kbd>Esc</kbd> ${say("to close")}</p>`;
  [field, list, status] = ["input", ".search-found", ".search-status"].map((part) => made.querySelector(part));
  made.querySelector("button").addEventListener("click", () => made.close());
  // A click beside the dialog lands on the dialog element itself.
  made.addEventListener("click", (event) => event.target === made && made.close());
  made.addEventListener("close", () => {
    asked?.abort();
    const other = document.querySelector(".site-search input");
    if (other) other.value = "";
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    // What is still shown answers what was typed before: Enter is not to open it.
    asked?.abort();
    activate(null);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", move);
  list.addEventListener("mousemove", (event) => event.target.closest("a") && activate(event.target.closest("a")));
  list.addEventListener("click", (event) => event.target.closest("a") && keep(event.target.closest("a")));
  document.body.append(made);
  return made;
}

async function ask() {
  asked?.abort();
  const q = field.value.trim();
  if (!q) return showRecent();
  asked = new AbortController();
  try {
    const answer = await fetch(`/api/v1/search?${new URLSearchParams({ q, limit: 6 })}`, { signal: asked.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    show(await answer.json());
  } catch (error) {
    if (error.name === "AbortError") return;
    list.replaceChildren();
    tell(say("Search did not answer. Enter opens the search page."));
  }
}

function show(found) {
  list.replaceChildren(
    ...found.groups.map((group) =>
      groupOf(
        HEADINGS[group.kind],
        group.items.map((item) => optionOf(item, found.words)),
      ),
    ),
  );
  const number = found.count + (found.groups.some((group) => group.is_capped) ? "+" : "");
  const count = number === "1" ? say("1 result") : say("{number} results", { number });
  if (!found.count) tell(say("Nothing found. Enter opens the search page, which names what is near."));
  else tell(found.corrected ? say("Results for “{corrected}”. {count}", { corrected: found.corrected, count }) : count);
  activate(options()[0]);
}

function showRecent() {
  const paths = recent();
  const items = paths.map((path) => optionOf({ name: path, url: path }, []));
  list.replaceChildren(...(items.length ? [groupOf(say("Recent"), items)] : []));
  tell(items.length ? "" : say("Type a model ID or its beginning, a family, a provider, or a word of the docs."));
  activate(null);
}

function groupOf(heading, items) {
  const group = element("div", "search-group");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", heading);
  const title = element("p", "search-heading", heading);
  title.setAttribute("aria-hidden", "true");
  group.append(title, ...items);
  return group;
}

function optionOf(item, words) {
  const link = element("a", "search-option");
  link.href = new URL(item.url, location.origin).pathname + new URL(item.url, location.origin).hash;
  link.setAttribute("role", "option");
  link.tabIndex = -1;
  const name = element("span", "search-name");
  // What was picked before is kept by its name alone.
  const shown = item.display_name ?? item.name;
  name.append(...marked(shown, words));
  link.append(name);
  if (item.kind === "model" && item.id !== shown) {
    const id = element("code");
    id.append(...marked(item.id, words));
    link.append(id);
  }
  link.append(element("span", "search-facts", facts(item)));
  return link;
}

function facts(item) {
  const { price } = item;
  const parts = [item.detail];
  if (item.lifecycle && item.lifecycle !== "active") parts.push(STAGES[item.lifecycle] ?? item.lifecycle);
  if (item.context_window)
    parts.push(say("{context} tokens of context", { context: item.context_window.toLocaleString("en") }));
  if (price?.amount) parts.push(spoken(price));
  return parts.filter(Boolean).join(" · ");
}

// The amount stays the text that the server sent, but for the cents that people expect.
function spoken(price) {
  const [whole, part = ""] = price.amount.split(".");
  const amount = `${price.currency === "USD" ? "$" : `${price.currency} `}${whole}.${part.padEnd(2, "0")}`;
  const words = [
    price.meter === "input_tokens" && say("input"),
    price.kind === "list" && say("list price"),
    price.is_from && say("from"),
  ];
  return [...words.filter(Boolean), amount, say("per {unit}", { unit: price.unit })].join(" ");
}

// Marks the beginnings of words that were asked for; letters meet digits as they do on the server.
function marked(text, words) {
  return text.split(/(\p{L}+|\p{N}+)/u).flatMap((part) => {
    const hit = words.filter((word) => part.toLowerCase().startsWith(word)).sort((a, b) => b.length - a.length)[0];
    return hit ? [element("mark", "", part.slice(0, hit.length)), part.slice(hit.length)] : [part];
  });
}

function move(event) {
  const all = options();
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && all.length) {
    event.preventDefault();
    activate(all[at < 0 && step < 0 ? all.length - 1 : (at + step + all.length) % all.length], true);
  } else if (event.key === "Enter" && !event.isComposing) {
    // What is typed and not yet answered goes to the search page, not to a stale result.
    if (!all[at]) return;
    event.preventDefault();
    all[at].click();
  }
}

function activate(option, scrolls = false) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  for (const [at, other] of options().entries()) other.id = `search-option-${at}`;
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
  if (option && scrolls) option.scrollIntoView({ block: "nearest" });
}

// Only addresses of pages are kept, and only in this browser.
function keep(option) {
  const path = option.getAttribute("href");
  remember(RECENT, JSON.stringify([path, ...recent().filter((other) => other !== path)].slice(0, MOST_RECENT)));
  dialog.close();
}

function recent() {
  try {
    return JSON.parse(recall(RECENT) ?? "[]")
      .filter((path) => typeof path === "string" && /^\/(?![/\\])/.test(path))
      .slice(0, MOST_RECENT);
  } catch {
    return [];
  }
}

function options() {
  return [...list.querySelectorAll("a")];
}

function tell(text) {
  status.textContent = text;
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
