// Marks in "on this page" the section that is being read.
export function watchHeadings() {
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
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(mark);
  }, { passive: true });
  mark();
}
