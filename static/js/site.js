// What the pages gain with JavaScript: the theme switch, what code gains, the mark beside what is read, and search.
// What takes a click or a keystroke first is fetched then.
import { addModelIdButton, enhanceCode, startPageCopy } from "./code.js";
import { recall, remember } from "./storage.js";

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const isMac = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);

startThemeSwitch();
enhance(document);
addModelIdButton();
startPageCopy();
watchHeadings();
listenForSearch();
listenForOptions(document.querySelector("#quickstart:has(.menu, .segments)"));
for (const form of document.querySelectorAll("form.calculator[data-result]")) {
  form.addEventListener("input", async () => (await import("./calculator.js")).follow(form), { once: true });
}

// Also done to what takes the place of a part of the page.
function enhance(place) {
  enhanceCode(place);
  // On a narrow screen the choices scroll: what is chosen is to be seen.
  for (const chosen of place.querySelectorAll(".segments [aria-current]")) {
    chosen.parentElement.scrollLeft = chosen.offsetLeft - chosen.parentElement.offsetLeft - 8;
  }
  for (const panel of place.querySelectorAll(".try-it")) {
    panel.addEventListener("toggle", async () => (await import("./try_it.js")).start(panel), { once: true });
  }
}

// Light or dark, remembered; until the switch is used the system decides.
function startThemeSwitch() {
  const button = document.querySelector(".theme-switch");
  if (!button) return;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember("theme", root.dataset.theme);
    show();
  });
  system.addEventListener("change", show);
  show();
}

// Marks in "on this page" the section that is being read.
function watchHeadings() {
  const links = new Map();
  for (const link of document.querySelectorAll(".toc a")) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }
  if (!links.size) return;
  let waiting = false;
  const mark = () => {
    waiting = false;
    const line = innerHeight / 4;
    const passed = [...links.keys()].filter((target) => target.getBoundingClientRect().top <= line);
    const current = passed.at(-1) ?? links.keys().next().value;
    for (const [target, link] of links) {
      if (target === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(mark);
    },
    { passive: true },
  );
  mark();
}

// Opens the search dialog by ⌘ K, Ctrl K, "/" or a click; the dialog itself is fetched when it is first opened.
function listenForSearch() {
  const field = document.querySelector(".site-search input");
  const link = document.querySelector(".site-search-link");
  const hint = document.querySelector(".site-search kbd");
  if (hint && isMac) hint.textContent = "⌘K";
  field?.addEventListener("click", (event) => open(event, field.value));
  field?.addEventListener("input", (event) => open(event, field.value));
  link?.addEventListener("click", (event) => {
    if (!(event.metaKey || event.ctrlKey || event.shiftKey)) open(event, "");
  });
  document.addEventListener("keydown", (event) => {
    const isShortcut =
      event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey;
    const isSlash = event.key === "/" && !event.metaKey && !event.ctrlKey && !event.altKey;
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (isShortcut || (isSlash && !isTyping)) open(event, "");
  });
}

// Where the dialog cannot be fetched, the field and the link lead to the search page as they do without scripts.
async function open(event, typed) {
  event.preventDefault();
  const dialog = await import("./search.js").catch(() => null);
  if (dialog) dialog.open(typed);
  else if (event.type !== "input") location.assign("/search");
}

// Another call or option of the quickstart is shown without leaving the page; the option of an earlier page is kept.
function listenForOptions(section) {
  if (!section) return;
  const options = () => import("./options.js");
  section.addEventListener("click", async (event) => {
    const link = event.target.closest(".menu a, .segments a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const module = await options().catch(() => null);
    if (module) module.choose(section, link, enhance);
    else location.assign(link.href);
  });
  if ((recall("option") ?? "basic") !== "basic") options().then((module) => module.keepOption(section, enhance));
}
