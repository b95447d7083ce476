// Opens the search dialog by ⌘ K, Ctrl K, "/" or a click; the dialog itself is fetched when it is first opened.
const isMac = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);

export function listenForSearch() {
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
    const isShortcut = event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey;
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
