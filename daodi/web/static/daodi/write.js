"use strict";
// Writing on the desk: what is typed is kept (htmx sends it every now and then); here goes what is left when the page goes away.

const unkept = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.querySelector("[data-draft]")) unkept.add(form);
});
document.addEventListener("submit", (event) => unkept.delete(event.target));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.target.matches("[data-draft]")) unkept.delete(event.target.closest("form"));
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of unkept) {
    const typed = new FormData(form);
    typed.delete("files");
    navigator.sendBeacon(form.querySelector("[data-draft]").dataset.draft, typed);
  }
  unkept.clear();
});

// A chip fills its field.
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-fill]");
  if (!chip) return;
  const field = chip.closest(".field").querySelector("input");
  field.value = chip.dataset.fill;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
for (const chips of document.querySelectorAll(".chips[hidden]")) chips.hidden = false;
document.addEventListener("htmx:load", (event) => {
  // A template that was chosen is writing too: it is kept, and shown in the preview.
  if (event.target.matches(".field")) event.target.querySelector("textarea")?.dispatchEvent(new Event("input", { bubbles: true }));
  for (const chips of event.target.querySelectorAll(".chips[hidden]")) chips.hidden = false;
});
