// The filing page: what is written is kept on the phone at once, and sent as soon as there is network.
import "./outbox.js";
import { entriesOf, fill, isTyped, newKey, titleOf } from "./draft.js";
import { startHints } from "./hints.js";
import { startKept } from "./kept.js";
import { startPhotos } from "./photos.js";
import { startPlace } from "./place.js";
import { startSending } from "./sending.js";
import { startVoice } from "./voice.js";

const PAUSE = 400; // milliseconds after the last letter
const TAB = "draft"; // this tab's own draft comes back by itself
const form = document.getElementById("filing");
const words = document.getElementById("words").dataset;
const { outbox } = self;
let timer = 0; // runs while something is not kept yet
let saves = 0;

// What the parts of the page need of each other.
const desk = { form, words, key: form.elements.form_key.value, isBusy: false, save, begin, say, open, prepare };

function say(text, tone = "info") {
  const notice = document.querySelector("[data-status]");
  notice.className = `notice tone-${tone}`;
  notice.querySelector("p").textContent = text;
  notice.hidden = !text;
}

const request = (state) => ({
  key: desk.key,
  state,
  action: location.pathname + location.search,
  tokenUrl: form.dataset.token,
  title: titleOf(form),
  entries: entriesOf(form),
  at: Date.now(),
});

function stopTimer() {
  clearTimeout(timer);
  timer = 0;
}

async function save(state = "draft") {
  stopTimer();
  if (state === "draft" && !isTyped(form)) {
    if (await outbox.get(desk.key)) await outbox.remove(desk.key);
    return null;
  }
  sessionStorage.setItem(TAB, desk.key);
  const number = ++saves;
  const kept = await outbox.put(request(state));
  form.querySelector("[data-saved]").hidden = false;
  if (number === saves) form.toggleAttribute("data-unsaved", Boolean(timer));
  return kept;
}

function saveSoon() {
  stopTimer();
  form.toggleAttribute("data-unsaved", true);
  if (!desk.isBusy) timer = setTimeout(save, PAUSE);
}

// Start over with an empty form, or go on with what was kept.
function begin(kept = null) {
  stopTimer();
  desk.key = kept ? kept.key : newKey();
  form.elements.form_key.value = desk.key;
  if (kept) sessionStorage.setItem(TAB, desk.key);
  else sessionStorage.removeItem(TAB);
  form.querySelectorAll(".error-summary, .field-error:not([data-voice-error])").forEach((error) => error.remove());
  form.querySelectorAll(".field-wrong").forEach((field) => field.classList.remove("field-wrong"));
  fill(form, kept ? kept.entries : []);
  outbox.onchange?.();
}

async function open(key) {
  if (!desk.isBusy && desk.key !== key) await save();
  const kept = await outbox.get(key);
  if (!kept || kept.state === "sent") return;
  if (kept.action !== location.pathname + location.search) {
    sessionStorage.setItem(TAB, key);
    location.assign(kept.action);
    return;
  }
  await outbox.put({ ...kept, state: "draft" });
  begin(kept);
  say(words.restored);
  form.elements.text.focus();
}

// Each time the form stands anew on the page: at the beginning, and after the server's complaints.
function prepare() {
  startHints(desk);
  startVoice(desk);
  startPhotos(desk);
  startPlace(desk);
}

async function start() {
  prepare();
  form.addEventListener("input", saveSoon);
  form.addEventListener("change", saveSoon);
  document.addEventListener("visibilitychange", () => document.hidden && !desk.isBusy && save());
  startSending(desk);
  if (!form.querySelector(".error-summary")) {
    const mine = sessionStorage.getItem(TAB);
    const kept = mine && await outbox.get(mine);
    if (kept && kept.state === "draft" && kept.action === location.pathname + location.search) begin(kept);
  }
  await startKept(desk);
  form.dataset.ready = "yes";
}

// A page that the phone kept holds an old key; only one that the server complains about goes on with its own.
if (!form.querySelector(".error-summary")) form.elements.form_key.value = desk.key = newKey();
outbox.open().then(start, prepare); // where nothing can be kept, the form is sent as without this file
navigator.serviceWorker?.register(form.dataset.worker).catch(() => {});
