// What the pages gain with JavaScript: the theme switch, language tabs, copy buttons, a field for one's key, and the search key.
import { startCalculators } from "./calculator.js";
import { addCopyButtons, addModelIdButton } from "./copy.js";
import { watchHeadings } from "./headings.js";
import { addKeyFields } from "./key.js";
import { buildTabs } from "./tabs.js";
import { startThemeSwitch } from "./theme.js";

startThemeSwitch();
enhance(document);
addModelIdButton();
watchHeadings();
startCalculators();
if (document.querySelector("#quickstart .segments")) import("./options.js").then((module) => module.startOptions(enhance));

// Also done to what takes the place of a part of the page.
function enhance(place) {
  buildTabs(place);
  addKeyFields(place);
  addCopyButtons(place);
  // What few open is fetched when it is opened.
  for (const panel of place.querySelectorAll(".try-it")) {
    panel.addEventListener("toggle", async () => (await import("./try_it.js")).start(panel), { once: true });
  }
}

// "/" or Ctrl/⌘ K goes to the search field; on a narrow screen, to the search of the models page.
document.addEventListener("keydown", (event) => {
  const isShortcut = event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey;
  const isSlash = event.key === "/" && !event.metaKey && !event.ctrlKey && !event.altKey;
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  const field = document.querySelector(".site-search input");
  if (!(isShortcut || (isSlash && !isTyping)) || !field?.checkVisibility()) return;
  event.preventDefault();
  field.select();
});
