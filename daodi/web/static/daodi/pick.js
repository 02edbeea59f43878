"use strict";
// A select of hundreds becomes a field in which one types a few characters of a name or of a word that belongs to it.
// The select stays: it holds the value, and without this file it is the field.

const MOST = 12;

function optionsOf(select) {
  return [...select.options].filter((option) => option.value).map((option) => {
    const group = option.parentElement.label || "";
    return { option, name: option.text, group, all: `${option.text} ${group} ${option.dataset.words || ""}`.toLowerCase() };
  });
}

function fitting(options, text) {
  const parts = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = options.filter((each) => parts.every((part) => each.all.includes(part)));
  const first = parts[0] || "";
  const rank = (each) => each.name.toLowerCase().startsWith(first) ? 0 : each.name.toLowerCase().includes(first) ? 1 : 2;
  return found.sort((one, other) => rank(one) - rank(other)).slice(0, MOST);
}

function pick(select) {
  const box = document.createElement("div");
  const input = box.appendChild(document.createElement("input"));
  const list = box.appendChild(document.createElement("ul"));
  const options = optionsOf(select);
  let found = [];
  let at = 0;
  box.className = "pick";
  list.className = "pick-list";
  list.id = `${select.id}_list`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  input.id = `${select.id}_pick`;
  input.autocomplete = "off";
  const given = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(given)) input.setAttribute(name, value);
  for (const name of ["aria-invalid", "aria-describedby"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  const label = document.querySelector(`label[for="${select.id}"]`);
  if (label) label.htmlFor = input.id;
  select.hidden = true;
  select.after(box);

  const rest = () => { input.value = select.selectedOptions[0]?.value ? select.selectedOptions[0].text : ""; };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const show = () => {
    list.replaceChildren(...found.map((each, number) => {
      const item = document.createElement("li");
      item.id = `${list.id}_${number}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(number === at));
      item.textContent = each.name;
      item.appendChild(document.createElement("span")).textContent = each.group;
      item.lastChild.className = "small";
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(each); });
      return item;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (list.hidden) return;
    input.setAttribute("aria-activedescendant", `${list.id}_${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const choose = (each) => {
    close();
    const changed = select.value !== each.option.value;
    select.value = each.option.value;
    rest();
    if (changed) select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  input.addEventListener("focus", () => input.select());
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    found = input.value.trim() ? fitting(options, input.value) : options.slice(0, MOST);
    at = 0;
    show();
  });
  input.addEventListener("change", (event) => event.stopPropagation()); // the select says when something was chosen
  input.addEventListener("blur", () => { close(); rest(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) found = fitting(options, "");
      else at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      show();
    } else if (event.key === "Enter" && open) choose(found[at]);
    else if (event.key === "Enter") { /* the form is sent with Ctrl+Enter, never from inside a field */ }
    else if (event.key === "Escape" && open) { close(); rest(); }
    else return;
    event.preventDefault();
  });
  rest();
}

const enhance = (part) => part.querySelectorAll("select[data-pick]:not([hidden])").forEach(pick);
enhance(document);
document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) enhance(event.target.parentElement || event.target); });
