// The pricing desk: arrows and Enter move between cells, a pasted column lands on the rows below, local times.
const rows = [...document.querySelectorAll("[data-row]")];
const unfitted = document.querySelector("#desk-unfitted");
const cells = [...document.querySelectorAll(".desk-cell")];

for (const [place, cell] of cells.entries()) {
  cell.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    cells[place + (event.shiftKey && event.key === "Enter" ? -1 : step)]?.select();
  });
  cell.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    list(0, []);
    if (!/[\n\t]/.test(text)) return;
    event.preventDefault();
    fill(rows.indexOf(cell.closest("[data-row]")), text.split("\n"));
  });
}

/** Put each line of a block on the row beside it; an empty line leaves its cell alone. */
function fill(first, lines) {
  const left = [];
  let count = 0;
  lines.forEach((line, offset) => {
    const row = rows[first + offset];
    const target = row?.querySelector(".desk-cell");
    line
      .split("\t")
      .map((text) => text.trim())
      .forEach((text, column) => {
        if (!text) return;
        count += 1;
        if (target && column === 0) target.value = text;
        else left.push(`Line ${offset + 1}, “${text}”${reason(row, column)}.`);
      });
  });
  list(count, left);
}

function reason(row, column) {
  if (!row) return ": past the last row of this page";
  const why = column ? `cell ${column + 1} is past the last column: there is one column of prices` : row.dataset.fixed;
  return ` (${row.dataset.row}): ${why}`;
}

/** List what did not fit, until it is dismissed or the next block is pasted. */
function list(count, left) {
  unfitted.replaceChildren();
  if (!left.length) return;
  const head = document.createElement("p");
  head.textContent = `${left.length} of ${count} pasted values did not fit:`;
  const items = document.createElement("ul");
  for (const words of left) items.append(Object.assign(document.createElement("li"), { textContent: words }));
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Dismiss" });
  close.className = "button";
  close.addEventListener("click", () => unfitted.replaceChildren());
  unfitted.append(head, items, close);
}

const FORM = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const time of document.querySelectorAll("time[data-local]")) {
  time.append(` (${FORM.format(new Date(time.dateTime))} ${ZONE})`);
}

for (const shown of document.querySelectorAll("[data-local-of]")) {
  const [date, clock] = shown.dataset.localOf.split(" ").map((id) => document.getElementById(id));
  const show = () => {
    const at = date.value ? new Date(`${date.value}T${clock.value || "00:00"}Z`) : null;
    shown.textContent = at && !Number.isNaN(+at) ? `That is ${FORM.format(at)} ${ZONE}.` : "";
  };
  date.addEventListener("input", show);
  clock.addEventListener("input", show);
  show();
}
