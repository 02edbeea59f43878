"use strict";
// Comfort only: puts an answer of the knowledge base into the text area that its list names.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-pick]");
  if (!button) return;
  const list = button.closest("[data-pick-into]");
  const area = document.getElementById(list.dataset.pickInto);
  if (!area) return;
  const words = button.closest("li").querySelector("[data-pick-text]").textContent.trim();
  area.value = area.value.trim() ? `${area.value.trim()}\n\n${words}` : words;
  area.closest("details")?.setAttribute("open", "");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
  const token = list.querySelector("[name=csrfmiddlewaretoken]").value;
  fetch(button.dataset.pick, { method: "POST", headers: { "X-CSRFToken": token } });
});
