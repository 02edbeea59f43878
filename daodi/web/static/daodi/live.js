"use strict";
// Tells an open page what others do. Nothing moves by itself: a bar says it, the reader presses it.
// Without EventSource, or without a server that can go on telling, the page is as it was.

(() => {
  const PEEK = 60_000; // a page that nobody sees holds no connection: it asks once a minute
  const bar = () => document.querySelector("#live:not([data-live=''])");
  let source = null;
  let peeking = 0;
  let reached = ""; // up to which moment the page has been told
  let shown = 0; // the version of the matter that the page shows
  let added = new Set();
  let title = document.title;

  const version = () => Number(new URL(bar().dataset.live, location).searchParams.get("version"));

  function address() {
    const url = new URL(bar().dataset.live, location);
    if (reached && url.searchParams.has("since")) url.searchParams.set("since", reached);
    return url;
  }

  function open() {
    close();
    source = new EventSource(address());
    for (const kind of Object.keys(told)) {
      source.addEventListener(kind, (event) => {
        reached = event.lastEventId;
        told[kind](JSON.parse(event.data));
      });
    }
    source.addEventListener("error", lose);
  }

  // Browsers ask again after a broken line, but not after a proxy's refusal while the server restarts.
  function lose() {
    if (!source || source.readyState !== EventSource.CLOSED) return;
    clearInterval(peeking);
    peeking = setInterval(open, PEEK);
  }

  function close() {
    if (source) source.close();
    source = null;
  }

  function say(words, count) {
    bar().querySelector("p").textContent = words;
    bar().hidden = false;
    document.title = count ? `(${count}) ${title}` : `• ${title}`;
  }

  const told = {
    matter({ seq, words, moves }) {
      if (seq <= shown) return;
      say(words);
      for (const sheet of typed()) if (!moves.includes(step(sheet))) warn(sheet);
    },
    list({ number, here, moved, words }) {
      const row = rowOf(number);
      if (row && !here) leave(row, words);
      if (!row && here && moved) added.add(number);
      if (!here) added.delete(number);
      if (added.size) say(bar().dataset.new.replace("{n}", added.size), added.size);
    },
    gone() { say(bar().dataset.gone); },
    stale() { say(bar().dataset.stale); },
    ready() {
      if (!document.hidden) clearInterval(peeking);
      bar().dataset.told = "yes"; // from here on nothing is missed
      if (document.hidden) close();
    },
  };

  // Lists: a row that left stays where it is, dimmed, and says why.
  function rowOf(number) {
    const link = document.querySelector(`.matter-link[href$="/${CSS.escape(number)}/"]`);
    return link && link.closest("tr");
  }

  function leave(row, words) {
    if (!row.classList.contains("row-left")) {
      row.classList.add("row-left");
      const reason = row.querySelector(".matters-title").appendChild(document.createElement("p"));
      reason.className = "small row-reason";
    }
    row.querySelector(".row-reason").textContent = words;
    if (bar().hidden) say(words);
  }

  // Forms: what somebody is writing is never taken from them.
  document.addEventListener("input", (event) => {
    const form = event.target.closest(".sheet form");
    if (form) form.dataset.typed = "yes";
  });
  const typed = (part = document) =>
    [...part.querySelectorAll(".sheet form[data-typed]")].map((form) => form.closest(".sheet"));
  const path = (sheet) => new URL(sheet.querySelector("form").action, location).pathname;
  const step = (sheet) => path(sheet).split("/").at(-2);

  function warn(sheet) {
    if (sheet.querySelector(".sheet-gone")) return;
    const notice = document.createElement("p");
    notice.className = "sheet-gone field-error";
    notice.role = "alert";
    notice.textContent = bar().dataset.impossible;
    sheet.querySelector("form").prepend(notice);
  }

  // What is being written goes over to the new page: to its own place, or above all steps if it has none.
  function carryOver(fresh) {
    for (const sheet of typed()) {
      const same = [...fresh.querySelectorAll(".sheet")].find((each) => path(each) === path(sheet));
      if (same) {
        sheet.querySelector("form").action = same.querySelector("form").action;
        same.replaceWith(sheet);
      } else {
        warn(sheet);
        fresh.querySelector("#moves").prepend(sheet);
      }
    }
  }

  async function show() {
    const answer = await fetch(bar().dataset.page || location.href);
    if (answer.redirected) return say(bar().dataset.left);
    if (!answer.ok) return say(bar().dataset.gone);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = document.getElementById("main");
    const field = main.contains(document.activeElement) && document.activeElement;
    const fresh = page.getElementById("main");
    carryOver(fresh);
    main.replaceChildren(...fresh.childNodes);
    document.title = page.title;
    if (window.htmx) window.htmx.process(main);
    main.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    (field && field.isConnected ? field : main).focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest(".live button")) show();
  });

  function attend() {
    clearInterval(peeking);
    if (!bar()) return;
    if (document.hidden) {
      close();
      peeking = setInterval(open, PEEK);
    } else open();
  }

  // The page, or the list on it, was read anew: what was told before is on it.
  function renew(event) {
    if (event.target === document.body || !bar()) return;
    title = document.title.replace(/^(• |\(\d+\) )/, "");
    document.title = title;
    added = new Set();
    reached = "";
    shown = version();
    attend();
  }

  if (!window.EventSource || !bar()) return;
  shown = version();
  document.addEventListener("htmx:load", renew);
  document.addEventListener("visibilitychange", attend);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", attend);
})();
