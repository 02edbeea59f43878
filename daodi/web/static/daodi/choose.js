"use strict";
// Choosing rows of a list: all of the page, or with Shift from one to another; how many are chosen stands above them.

function choosing(form) {
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const all = form.querySelector("[data-choose-all]");
  const count = form.querySelector("[data-choose-count]");
  const buttons = form.querySelectorAll("button[name=do]");
  let last = null;

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    count.textContent = chosen ? count.dataset.chooseCount.replace("{n}", chosen) : "";
    all.querySelector("input").checked = chosen === boxes.length;
    for (const button of buttons) button.disabled = !chosen;
  };
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
      if (event.shiftKey && last) for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      last = box;
      show();
    });
  }
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.querySelector("input").checked;
    show();
  });
  show();
}

document.querySelectorAll("form[data-choose]").forEach(choosing);
document.addEventListener("htmx:load", (event) => event.target.querySelectorAll("form[data-choose]").forEach(choosing));
