"use strict";
// Paper shows everything: what is folded opens for printing, and folds again.

(() => {
  let opened = [];
  const unfold = () => {
    opened = [...document.querySelectorAll("main details:not([open], .sheet, .menu)")];
    for (const each of opened) each.open = true;
  };
  const fold = () => {
    for (const each of opened) each.open = false;
    opened = [];
  };
  const offer = () => {
    for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  };

  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", fold);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("htmx:load", offer);
  offer();
})();
