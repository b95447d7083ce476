// Copy buttons for code and for a model's ID; what was copied is announced.
import { withKey } from "./key.js";

const ICON =
  '<svg class="ready" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5v-2A1.5 1.5 0 0 0 9 2H4A1.5 1.5 0 0 0 2.5 3.5v5A1.5 1.5 0 0 0 4 10h1.5"/></svg>' +
  '<svg class="done" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="m3 8.5 3.5 3.5L13 4.5"/></svg>';
const SHOWN_FOR = 2000;

export function addCopyButtons(place) {
  for (const pre of place.querySelectorAll("main pre, .snippet pre")) {
    const code = pre.querySelector("code") ?? pre;
    frameOf(pre).append(buttonFor(code, "Copy code", "Code copied"));
  }
}

export function addModelIdButton() {
  const id = document.getElementById("model-id");
  id?.after(buttonFor(id, "Copy model ID", "Model ID copied"));
}

// Without JavaScript the link leads to the Markdown; where copying fails it still does.
export function startPageCopy() {
  const link = document.querySelector("[data-copy-page]");
  link?.addEventListener("click", async (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const response = await fetch(link.href).catch(() => null);
    if (response?.ok && (await copy(await response.text()))) announce("Page copied as Markdown");
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
    const { text, hasKey } = withKey(source);
    const isCopied = await copy(text);
    announce(isCopied ? `${said}${hasKey ? " with your key" : ""}` : "Copying was refused by the browser");
    if (!isCopied) return;
    button.dataset.copied = "";
    setTimeout(() => delete button.dataset.copied, SHOWN_FOR);
  });
  return button;
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
