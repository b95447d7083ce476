// Turns the stacked languages of a snippet into ARIA tabs that stay in step on the page and across pages.
import { recall, remember } from "./storage.js";

const KEY = "language";

export function buildTabs(place) {
  const snippets = [...place.querySelectorAll(".snippet")].map(build).filter(Boolean);
  const choose = (language) => snippets.forEach((select) => select(language));
  document.addEventListener("language", (event) => {
    remember(KEY, event.detail);
    choose(event.detail);
  });
  choose(recall(KEY));
}

function build(snippet, number) {
  const list = snippet.querySelector(".snippet-tabs");
  const panels = [...snippet.querySelectorAll(".snippet-tab[data-language]")];
  if (!list || !panels.length) return null;
  const tabs = panels.map((panel, position) => tabFor(panel, `snippet-${number}-${position}`));
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Language");
  list.append(...tabs);
  list.addEventListener("keydown", (event) => move(event, tabs));
  const select = (language) => {
    const chosen = Math.max(panels.findIndex((panel) => panel.dataset.language === language), 0);
    tabs.forEach((tab, position) => show(tab, panels[position], position === chosen));
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
