// The list of what this phone keeps: requests not sent yet, and receipts.
const { outbox } = self;
const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

function ask(question) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("p").textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
  });
}

export async function startKept(desk) {
  const { words } = desk;
  const box = document.getElementById("kept");

  function item(template, request, question) {
    const line = document.getElementById(template).content.cloneNode(true);
    line.querySelector(".kept-title").textContent = request.title || words.noWords;
    line.querySelector("time").textContent = time.format(request.at);
    line.querySelector("[data-delete]").onclick = async () => {
      if (await ask(question)) await outbox.remove(request.key);
    };
    return line;
  }

  function draft(request) {
    const line = item("kept-draft", request, words.delete);
    line.querySelector(".kept-state").textContent = words[request.state];
    line.querySelector("[data-continue]").onclick = () => desk.open(request.key);
    return line;
  }

  function sent(request) {
    const line = item("kept-sent", request, words.forget);
    line.querySelector(".kept-title").href = request.receipt.course;
    line.querySelector(".kept-number").textContent = request.receipt.number;
    line.querySelector(".kept-code").textContent = request.receipt.code;
    return line;
  }

  function list(part, lines) {
    part.hidden = !lines.length;
    part.querySelector(".count").textContent = lines.length;
    part.querySelector("ul").replaceChildren(...lines);
  }

  async function draw() {
    const all = await outbox.all();
    const drafts = all.filter(({ state, key }) => state !== "sent" && key !== desk.key); // one is in the form
    const receipts = all.filter(({ state }) => state === "sent");
    list(box.querySelector("[data-drafts]"), drafts.map(draft));
    list(box.querySelector("[data-sent]"), receipts.map(sent));
    box.hidden = !drafts.length && !receipts.length;
  }

  async function sendWaiting() {
    if (desk.isBusy || !navigator.onLine) return;
    const before = (await outbox.all()).filter(({ state }) => state === "queued");
    await outbox.sendAll();
    const gone = await Promise.all(before.map(({ key }) => outbox.get(key)));
    if (gone.some((request) => request?.state === "sent")) {
      box.querySelector("[data-sent]").open = true;
      desk.say(words.gone, "success");
    }
  }

  outbox.onchange = draw;
  window.addEventListener("online", sendWaiting);
  await draw();
  sendWaiting();
}
