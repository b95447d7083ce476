// What the pages gain with JavaScript: the theme switch, language tabs, copy buttons, a field for one's key, and search.
import { startCalculators } from "./calculator.js";
import { addCopyButtons, addModelIdButton, startPageCopy } from "./copy.js";
import { watchHeadings } from "./headings.js";
import { addKeyFields } from "./key.js";
import { listenForSearch } from "./search_key.js";
import { buildTabs } from "./tabs.js";
import { startThemeSwitch } from "./theme.js";

startThemeSwitch();
enhance(document);
addModelIdButton();
startPageCopy();
watchHeadings();
startCalculators();
listenForSearch();
if (document.querySelector("#quickstart :is(.menu, .segments)")) import("./options.js").then((module) => module.startOptions(enhance));

// Also done to what takes the place of a part of the page.
function enhance(place) {
  buildTabs(place);
  addKeyFields(place);
  addCopyButtons(place);
  // On a narrow screen the choices scroll: what is chosen is to be seen.
  for (const chosen of place.querySelectorAll(".segments [aria-current]")) {
    chosen.parentElement.scrollLeft = chosen.offsetLeft - chosen.parentElement.offsetLeft - 8;
  }
  // What few open is fetched when it is opened.
  for (const panel of place.querySelectorAll(".try-it")) {
    panel.addEventListener("toggle", async () => (await import("./try_it.js")).start(panel), { once: true });
  }
}
