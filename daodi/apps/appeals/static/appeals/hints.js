// While somebody writes: what may help at once, from the server. Never needed, never in the way.
const PAUSE = 600;
const APART = 2000;
const ENOUGH = 6;

export function startHints({ form }) {
  const box = form.querySelector("[data-hints-url]");
  if (!box) return;
  const { text } = form.elements;
  let timer;
  let last = 0;
  let asked = "";

  async function ask() {
    const wanted = text.value.trim();
    if (wanted === asked || !navigator.onLine) return;
    asked = wanted;
    last = Date.now();
    if (wanted.length < ENOUGH) return box.replaceChildren();
    try {
      const answer = await fetch(`${box.dataset.hintsUrl}?${new URLSearchParams({ text: wanted })}`);
      if (!answer.ok || asked !== text.value.trim()) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      box.replaceChildren(...page.body.childNodes);
    } catch {
      asked = ""; // no network: the next letter asks again
    }
  }

  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, Math.max(PAUSE, last + APART - Date.now()));
  });
}
