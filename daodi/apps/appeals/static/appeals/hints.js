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

  function send(url, fields) {
    const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    return fetch(url, { method: "POST", body });
  }

  async function ask() {
    const wanted = text.value.trim();
    if (wanted === asked || !navigator.onLine || form.elements.is_confidential?.checked) return;
    asked = wanted;
    last = Date.now();
    if (wanted.length < ENOUGH) return box.replaceChildren();
    try {
      // Posted, so that it stands in no server's log of addresses.
      const answer = await send(box.dataset.hintsUrl, { text: wanted });
      if (!answer.ok || asked !== text.value.trim()) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      box.replaceChildren(...page.body.childNodes);
    } catch {
      asked = ""; // no network: the next letter asks again
    }
  }

  // An answer that was enough: say so, and show what the server says to it.
  box.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-helped-url]");
    if (!button) return;
    const answer = await send(button.dataset.helpedUrl, {});
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.querySelector(".messages");
    if (said) box.replaceChildren(said);
  });

  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, Math.max(PAUSE, last + APART - Date.now()));
  });
}
