"use strict";
// Comfort only: every page works without this file. Its words come from the templates as data- attributes.

// A form goes off once, however often the button is tapped; its own word says that it is on its way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.method !== "post" || form.target || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => wait(form, button)); // later, or the button's own name and value would not be sent
});

function wait(form, button) {
  for (const each of form.querySelectorAll("button")) each.disabled = true;
  if (!button || !button.dataset.sending) return;
  button.dataset.word = button.textContent;
  button.textContent = button.dataset.sending;
}

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) {
    button.disabled = false;
    if (button.dataset.word) button.textContent = button.dataset.word;
  }
}

// Back from another page, or answered by htmx: the form may be sent again.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.matches("form[data-sent]")) release(event.target);
});

// A button with a question asks it first. Captured, so that it comes before everything else.
document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  const dialog = document.getElementById("confirm");
  if (!button || !button.dataset.confirm || form.dataset.confirmed || !dialog.showModal) return;
  event.preventDefault();
  event.stopPropagation();
  dialog.querySelector("p").textContent = button.dataset.confirm;
  dialog.returnValue = "no";
  dialog.onclose = () => {
    if (dialog.returnValue !== "yes") return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(button);
    delete form.dataset.confirmed;
  };
  dialog.showModal();
}, true);

// How much has been written.
function count(counter) {
  const text = document.getElementById(counter.dataset.counter);
  const show = () => { counter.textContent = `${text.value.length} / ${text.maxLength}`; };
  counter.hidden = false;
  text.addEventListener("input", show);
  show();
}

// Which files are chosen, and which of them the server would refuse.
const megabytes = (bytes) => `${(bytes / 1048576).toFixed(1)} MB`;

function refusal(file, field, accept) {
  const { megabytes: limit, tooLarge, wrongType } = field.dataset;
  if (Number(limit) && file.size > limit * 1048576) return `${tooLarge} (> ${limit} MB)`;
  const fits = (kind) => kind.startsWith(".") ? file.name.toLowerCase().endsWith(kind)
    : kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind;
  return accept && !accept.toLowerCase().split(/\s*,\s*/).some(fits) ? wrongType : "";
}

function line(list, text, wrong) {
  const item = list.appendChild(document.createElement("li"));
  item.textContent = text;
  item.classList.toggle("files-wrong", Boolean(wrong));
}

function check(field) {
  const input = field.querySelector("input[type=file]");
  const list = field.querySelector(".files");
  input.addEventListener("change", () => {
    const { totalMegabytes: limit, total, tooLarge } = field.dataset;
    const sum = [...input.files].reduce((bytes, file) => bytes + file.size, 0);
    const over = Number(limit) && sum > limit * 1048576;
    let wrong = over ? `${tooLarge} (> ${limit} MB)` : "";
    list.replaceChildren();
    for (const file of input.files) {
      const why = refusal(file, field, input.accept);
      line(list, [file.name, megabytes(file.size), why].filter(Boolean).join(" · "), why);
      wrong = wrong || why;
    }
    if (input.files.length) line(list, [total, megabytes(sum), over && tooLarge].filter(Boolean).join(" · "), over);
    input.setCustomValidity(wrong);
  });
}

// Large type at once, so that nothing half written is lost; the cookie tells the server for the next page.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-type-switch]");
  if (!link) return;
  event.preventDefault();
  const type = link.dataset.typeSwitch;
  document.documentElement.dataset.type = type;
  document.cookie = `type=${type}; path=/; max-age=31536000; samesite=lax`;
});

// Menus close on Escape and when something else is pressed.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

function prepare(part) {
  part.querySelectorAll("[data-counter]").forEach(count);
  part.querySelectorAll("[data-files]").forEach(check);
  const summary = part.querySelector("[data-focus]");
  if (summary) summary.focus();
}

if (document.cookie.includes("type=large")) document.documentElement.dataset.type = "large";
if (document.cookie.includes("text=only")) document.documentElement.dataset.text = "only";
prepare(document);
document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) prepare(event.target); });
