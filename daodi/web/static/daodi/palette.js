"use strict";
// The palette: a few letters lead to a matter, a list or a page. Without this file the search box remains.

(() => {
  const dialog = document.getElementById("palette");
  if (!dialog || !dialog.showModal) return;
  const input = dialog.querySelector("input");
  const found = dialog.querySelector(".palette-found");
  const links = () => [...found.querySelectorAll("a")];
  let at = -1;

  function open(words) {
    if (!dialog.open) dialog.showModal();
    if (words) input.value = words;
    input.select();
    htmx.trigger(input, "palette");
  }

  // The focus stays in the field; what is chosen is marked and told to readers who listen.
  function choose(next) {
    const all = links();
    at = all.length ? (next + all.length) % all.length : -1;
    all.forEach((link, index) => {
      link.id = `found-${index}`;
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", index === at);
      link.tabIndex = -1;
    });
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  }

  const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const { key } = event;
    const asked = (event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === "k";
    if (asked || (key === "/" && !isTyping(event.target) && !document.querySelector("dialog[open]"))) {
      event.preventDefault();
      open("");
    }
  });

  dialog.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.isComposing) return; // Enter and arrows belong to the input method
    if (event.key in steps) {
      event.preventDefault();
      choose(at + steps[event.key]);
    } else if (event.key === "Enter" && event.target === input && links()[at]) {
      event.preventDefault();
      links()[at].click();
    }
  });

  found.addEventListener("htmx:afterSettle", () => choose(0));
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("a[data-palette-open]");
    if (opener) {
      event.preventDefault();
      open("");
    }
    if (event.target === dialog || event.target.closest("[data-palette-close]")) dialog.close();
  });
})();
