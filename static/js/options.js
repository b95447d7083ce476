// Another call or option of the quickstart, without leaving the page; the option is kept for other models' pages.
import { recall, remember } from "./storage.js";

const KEY = "option";
const CHOICES = ".menu a, .segments a";
const optionOf = (address) => new URL(address, location.href).searchParams.get(KEY);

export async function choose(section, link, enhance) {
  const { href } = link;
  if (!(await show(section, href, enhance))) return location.assign(href);
  history.replaceState(null, "", href);
  remember(KEY, optionOf(href) ?? "basic");
  const chosen = section.querySelector(`:is(${CHOICES})[href="${CSS.escape(link.getAttribute("href"))}"]`);
  (chosen?.closest(".menu")?.firstElementChild ?? chosen)?.focus();
}

// The option of an earlier page is shown here too, and said in the address: what is seen can be sent to somebody.
export async function keepOption(section, enhance) {
  const wanted = optionOf(location.href) ? null : recall(KEY);
  const links = [...section.querySelectorAll(".segments a")];
  const link = links.find((each) => wanted && optionOf(each.href) === wanted);
  if (!link || link.hasAttribute("aria-current")) return;
  const { search } = new URL(link.href);
  if (await show(section, link.href, enhance)) history.replaceState(null, "", `${search}${location.hash}`);
}

// Put that page's quickstart in this one's place. A key that was typed stays, and nowhere but in its field.
async function show(section, address, enhance) {
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("quickstart");
  if (!found) return false;
  const keyOf = () => section.querySelector(".snippet-key input");
  const key = keyOf()?.value ?? "";
  section.replaceChildren(...found.childNodes);
  enhance(section);
  if (keyOf()) keyOf().value = key;
  return true;
}
