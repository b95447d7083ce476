// The pricing desk: arrows and Enter move between cells, a pasted column fills the cells below, times in one's own zone.
const cells = [...document.querySelectorAll(".desk-cell")];

for (const [place, cell] of cells.entries()) {
  cell.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    cells[place + (event.shiftKey && event.key === "Enter" ? -1 : step)]?.select();
  });
  cell.addEventListener("paste", (event) => {
    const lines = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "").split("\n");
    if (lines.length < 2) return;
    event.preventDefault();
    // Of a block only the first column is taken; an empty line leaves its cell alone.
    lines.forEach((line, offset) => {
      const target = cells[place + offset];
      const text = line.split("\t")[0].trim();
      if (target && text) target.value = text;
    });
  });
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
