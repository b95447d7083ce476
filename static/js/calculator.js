// Asks for the answer anew while one types; without JavaScript the form's button does the same.
const PAUSE = 200;

// Follow a form of which something has been typed already.
export function follow(form) {
  const result = document.getElementById(form.dataset.result);
  let timer = 0;
  let asked = null;
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    for (const [key, value] of [...query]) if (!value) query.delete(key);
    const path = form.getAttribute("action").split("#")[0];
    try {
      const answer = await fetch(`${path}?${query}&fragment=calculator`, { signal: asked.signal });
      if (!answer.ok) return form.submit();
      result.innerHTML = await answer.text();
      history.replaceState(null, "", `${path}?${query}#calculator`);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  form.addEventListener("input", wait);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
  wait();
}
