// What code gains with JavaScript: tabs of languages, copy buttons, and a field for the visitor's own key.
import { recall, remember } from "./storage.js";

const ICON =
  '<svg class="ready" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">' +
  '<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/>' +
  '<path d="M10.5 5.5v-2A1.5 1.5 0 0 0 9 2H4A1.5 1.5 0 0 0 2.5 3.5v5A1.5 1.5 0 0 0 4 10h1.5"/></svg>' +
  '<svg class="done" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">' +
  '<path d="m3 8.5 3.5 3.5L13 4.5"/></svg>';
const SHOWN_FOR = 2000;
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

// In the page's language.
export const say = (text, values) => (words[text] ?? text).replace(/{(\w+)}/g, (_, name) => values[name]);
const hintOf = (host) =>
  host
    ? say("Goes into the code you copy, and to {host} when you send. Nowhere else.", { host })
    : say("Goes into the code you copy, and nowhere else.");

export function enhanceCode(place) {
  buildTabs(place);
  addKeyFields(place);
  addCopyButtons(place);
}

// The languages of a snippet stand one above the other; as tabs they stay in step on the page and across pages.
function buildTabs(place) {
  const snippets = [...place.querySelectorAll(".snippet")].map(build).filter(Boolean);
  const choose = (language) => {
    for (const select of snippets) select(language);
  };
  document.addEventListener("language", (event) => {
    remember("language", event.detail);
    choose(event.detail);
  });
  choose(recall("language"));
}

function build(snippet, number) {
  const list = snippet.querySelector(".snippet-tabs");
  const panels = [...snippet.querySelectorAll(".snippet-tab[data-language]")];
  if (!list || !panels.length) return null;
  const tabs = panels.map((panel, position) => tabFor(panel, `snippet-${number}-${position}`));
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", say("Language"));
  list.append(...tabs);
  list.addEventListener("keydown", (event) => move(event, tabs));
  const select = (language) => {
    const chosen = Math.max(
      panels.findIndex((panel) => panel.dataset.language === language),
      0,
    );
    for (const [position, tab] of tabs.entries()) show(tab, panels[position], position === chosen);
    list.scrollLeft = tabs[chosen].offsetLeft - list.offsetLeft - list.clientWidth / 2;
  };
  select(null);
  snippet.querySelector(".snippet-panels").dataset.ready = "";
  return select;
}

function tabFor(panel, id) {
  const tab = document.createElement("button");
  tab.type = "button";
  tab.id = `${id}-tab`;
  tab.textContent = panel.querySelector("h3").textContent;
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", id);
  panel.id = id;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  tab.addEventListener("click", () => {
    document.dispatchEvent(new CustomEvent("language", { detail: panel.dataset.language }));
  });
  return tab;
}

function show(tab, panel, isChosen) {
  tab.setAttribute("aria-selected", String(isChosen));
  tab.tabIndex = isChosen ? 0 : -1;
  panel.toggleAttribute("data-hidden", !isChosen);
}

function move(event, tabs) {
  const at = tabs.indexOf(event.target);
  const last = tabs.length - 1;
  const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last }[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  tabs[next].focus();
  tabs[next].click();
}

function addCopyButtons(place) {
  for (const pre of place.querySelectorAll("main pre, .snippet pre")) {
    const code = pre.querySelector("code") ?? pre;
    frameOf(pre).append(buttonFor(code, say("Copy code"), say("Code copied")));
  }
}

export function addModelIdButton() {
  const id = document.getElementById("model-id");
  id?.after(buttonFor(id, say("Copy model ID"), say("Model ID copied")));
}

// Without JavaScript the link leads to the Markdown; where copying fails it still does.
export function startPageCopy() {
  const link = document.querySelector("[data-copy-page]");
  link?.addEventListener("click", async (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const response = await fetch(link.href).catch(() => null);
    if (response?.ok && (await copy(await response.text()))) announce(say("Page copied as Markdown"));
    else location.assign(link.href);
    if (!response?.ok) return;
    const label = link.textContent;
    link.dataset.copied = label;
    setTimeout(() => delete link.dataset.copied, SHOWN_FOR);
  });
}

// The button lies over the corner of its frame and takes no room. A snippet's panel is such a frame already.
function frameOf(pre) {
  const panel = pre.closest(".snippet-tab");
  if (panel) {
    panel.classList.add("copyable");
    return panel;
  }
  const frame = document.createElement("div");
  frame.className = "copyable";
  pre.replaceWith(frame);
  frame.append(pre);
  return frame;
}

function buttonFor(source, label, said) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon-button copy-button";
  button.setAttribute("aria-label", label);
  button.title = label;
  button.innerHTML = ICON;
  button.addEventListener("click", async () => {
    const { text, hasKey } = await whatIsCopied(source);
    const isCopied = await copy(text);
    if (!isCopied) return announce(say("The browser refused to copy"));
    announce(hasKey ? say("{said} with your key", { said }) : said);
    button.dataset.copied = "";
    setTimeout(() => delete button.dataset.copied, SHOWN_FOR);
  });
  return button;
}

// Code as it stands, or with the visitor's key: how that is quoted is fetched when there is one.
async function whatIsCopied(source) {
  if (!source.closest(".snippet")?.querySelector(".snippet-key input")?.value) return { text: source.textContent };
  const key = await import("./key.js").catch(() => null);
  return key?.withKey(source) ?? { text: source.textContent };
}

// Without HTTPS there is no clipboard API: the older command copies a selection.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  }
}

function announce(text) {
  const region = document.getElementById("announcements");
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}

function addKeyFields(root) {
  for (const place of root.querySelectorAll(".snippet-key")) place.append(...fieldFor(place));
}

// The visitor's own key is kept in one masked field of this page. Only Try it sends it.
// The field has no name and no form: nothing submits it. What a browser keeps of a page that is left is without it.
function fieldFor(place) {
  const label = document.createElement("label");
  const field = document.createElement("input");
  const hint = document.createElement("small");
  Object.assign(field, { type: "password", autocomplete: "off", spellcheck: false, placeholder: say("Optional") });
  // Password managers would offer to keep what is to be forgotten.
  for (const name of ["data-1p-ignore", "data-lpignore", "data-bwignore"]) field.setAttribute(name, "true");
  hint.id = "snippet-key-hint";
  hint.textContent = hintOf(place.dataset.host);
  field.setAttribute("aria-describedby", hint.id);
  label.append(`${say("Your key")} `, field);
  addEventListener("pagehide", () => (field.value = ""));
  return [label, hint];
}
