// Send the form: keep it first, so that nothing is lost whatever happens then, and send it exactly once.
import { fill, hasWords } from "./draft.js";

const { outbox } = self;

function withProgress(bar) {
  return (url, body, token) => new Promise((resolve, reject) => {
    const ask = new XMLHttpRequest();
    ask.open("POST", url);
    ask.setRequestHeader("X-CSRFToken", token);
    ask.setRequestHeader("Accept", "application/json, text/html;q=0.5");
    ask.upload.onprogress = (event) => { bar.hidden = false; bar.value = event.loaded / event.total; };
    ask.onload = () => resolve({ status: ask.status, text: ask.responseText });
    ask.onerror = reject;
    ask.send(body);
  });
}

async function sendLater() {
  const registration = await navigator.serviceWorker?.ready;
  await registration?.sync?.register("outbox");
}

export function startSending(desk) {
  const { form, words } = desk;
  function setBusy(busy) {
    const button = form.querySelector(".send");
    desk.isBusy = busy;
    form.querySelector(".upload").hidden = true;
    if (busy) button.dataset.word = button.textContent;
    button.textContent = busy ? button.dataset.sending : button.dataset.word;
    button.disabled = busy;
  }

  // The server's own page says what is wrong, beside each field; what was written and chosen is put back into it.
  function complain(kept) {
    const page = new DOMParser().parseFromString(kept.answer.text, "text/html").getElementById("filing");
    if (!page) {
      desk.say(kept.answer.status === 413 ? words.over : words.failed, "error");
      return;
    }
    form.replaceChildren(...page.childNodes);
    desk.prepare();
    fill(form, kept.entries);
    form.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true })); // daodi.js counts letters and finds the summary
  }

  async function settle(kept) {
    if (kept?.state === "sent") {
      sessionStorage.removeItem("draft");
      location.assign(kept.receipt.url);
      return;
    }
    setBusy(false);
    if (kept?.state === "refused") {
      complain(kept);
      await desk.save();
      return;
    }
    sendLater().catch(() => {}); // without it, the next visit of this page sends
    desk.begin();
    if (!kept) return; // deleted meanwhile in another tab
    desk.say(kept.answer ? words.failed : words.waiting, "warning");
    document.querySelector("[data-status]").focus();
  }

  function isWorthSending() {
    const { text } = form.elements;
    text.setCustomValidity(navigator.onLine || hasWords(form) ? "" : words.empty);
    text.addEventListener("input", () => text.setCustomValidity(""), { once: true });
    return text.reportValidity();
  }

  // Back from the receipt: the form as it was then must not be there any more.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (desk.isBusy || !isWorthSending()) return;
    setBusy(true);
    desk.say("");
    const { key } = await desk.save("queued");
    await settle(await outbox.send(key, withProgress(form.querySelector(".upload"))));
  });
}
