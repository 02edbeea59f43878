"use strict";
// The keyboard on the desk. A key belongs to whatever shows it: <a data-key="n">, <div data-key="c"> around a field.
// Single keys rest while somebody writes, and can be switched off; Ctrl+Enter sends the form one is in, or the page's.

const SWITCH = "single-keys";
const rows = () => [...document.querySelectorAll(".matters tbody tr, .likes > li")].filter((row) => row.querySelector("a"));
const shown = (element) => !element.hidden && element.getClientRects().length > 0;
const keyed = () => [...document.querySelectorAll("[data-key]")].filter(shown);

function writing(element) {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input") && !["checkbox", "radio", "button", "submit", "file"].includes(element.type);
}

function press(element) {
  if (element.matches("summary") && element.parentElement.open && enter(element.parentElement)) return;
  const inside = element.querySelector("input:not([type=hidden]), textarea, select:not([hidden])");
  if (element.matches("a, button, summary, input") || !inside) element.click();
  if (element.matches("summary")) enter(element.parentElement);
  else if (inside) inside.focus();
}

// Into the first field of what was unfolded; the choice of a template is not the first thing one wants.
function enter(unfolded) {
  const field = [...unfolded.querySelectorAll("input:not([type=hidden]), select, textarea")].find((each) => shown(each) && !each.closest(".picker"));
  field?.focus();
  return Boolean(field);
}

function walk(step) {
  const all = rows();
  const at = all.indexOf(document.activeElement.closest("tr, li"));
  const row = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  if (row) row.querySelector("a").focus();
}

function tick() {
  const box = document.activeElement.closest("tr, li")?.querySelector("input[type=checkbox]");
  if (box) box.click();
}

function send(from) {
  // A form that is sent from within only ("here") is one of several on its page.
  const form = from.closest("form[data-send]") || document.querySelector('form[data-send=""]');
  const button = form?.querySelector("[data-primary]") || form?.querySelector("button.primary");
  if (button && !button.disabled) form.requestSubmit(button);
  return Boolean(button);
}

function single(key) {
  const element = keyed().find((each) => each.dataset.key === key);
  if (key === "?") help();
  else if (element) press(element);
  else if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
  else if (key === "x") tick();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  // While a Chinese word is being composed, every key belongs to it.
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || document.querySelector("dialog[open]")) return;
  let done = false;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) done = send(event.target);
  else if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(SWITCH) === "off") return;
  else if (writing(event.target)) { if (event.key === "Escape") event.target.blur(); }
  else done = single(event.key);
  if (done) event.preventDefault();
});

// The help names what the page itself offers, in the page's own words.
function help() {
  const dialog = document.getElementById("keys");
  const list = dialog.querySelector("[data-keys-list]");
  for (const old of list.querySelectorAll("[data-added]")) old.remove();
  for (const element of keyed().filter((each) => !("keyHidden" in each.dataset)).reverse()) {
    const line = document.createElement("div");
    line.dataset.added = "";
    const key = line.appendChild(document.createElement("dt")).appendChild(document.createElement("kbd"));
    key.textContent = element.dataset.key === "Escape" ? "Esc" : element.dataset.key;
    line.appendChild(document.createElement("dd")).textContent = words(element);
    list.prepend(line);
  }
  dialog.showModal();
}

function words(element) {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  const copy = (element.querySelector("strong") || element).cloneNode(true);
  for (const hint of copy.querySelectorAll("kbd, .visually-hidden")) hint.remove();
  return copy.textContent.trim();
}

const opener = document.querySelector(".keys-open");
if (opener) {
  const box = document.querySelector("[data-keys-switch]");
  opener.hidden = false;
  opener.addEventListener("click", help);
  box.checked = localStorage.getItem(SWITCH) !== "off";
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
}
