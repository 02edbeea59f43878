"use strict";
// Requests kept on this phone until the server has them, and receipts afterwards. A page imports this file, the
// service worker loads it with importScripts: so it exports nothing and puts `outbox` where both find it.
//
// A request: key (the form's own, of which the server makes one matter only), action, tokenUrl, title, entries
// (names and values of the form, with its files), at, and state: "draft", "queued", "refused" or "sent" (then receipt).
{
  const STORE = "requests";
  // Answers that say nothing about the request itself: it is tried again later.
  const LATER = new Set([403, 408, 425, 429]);
  const changes = "BroadcastChannel" in self ? new BroadcastChannel("outbox") : null;
  let opened;

  function open() {
    opened = opened || new Promise((resolve, reject) => {
      const asked = indexedDB.open("daodi", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    return opened;
  }

  async function inStore(mode, act) {
    const db = await open();
    return new Promise((resolve, reject) => {
      const change = db.transaction(STORE, mode);
      const asked = act(change.objectStore(STORE));
      change.oncomplete = () => resolve(asked.result);
      change.onabort = () => reject(change.error);
    });
  }

  function tell() {
    if (changes) changes.postMessage("changed");
    if (outbox.onchange) outbox.onchange();
  }

  const get = (key) => inStore("readonly", (store) => store.get(key));

  async function all() {
    const kept = await inStore("readonly", (store) => store.getAll());
    return kept.sort((one, other) => other.at - one.at);
  }

  async function put(request) {
    await inStore("readwrite", (store) => store.put(request));
    tell();
    return request;
  }

  async function remove(key) {
    await inStore("readwrite", (store) => store.delete(key));
    tell();
  }

  // Page and service worker do not send the same request at the same time; the server would take it once anyway.
  const alone = (key, act) => (navigator.locks ? navigator.locks.request(`daodi-${key}`, act) : act());

  async function quietly(url, body, token) {
    const headers = { "X-CSRFToken": token, Accept: "application/json, text/html;q=0.5" };
    const answer = await fetch(url, { method: "POST", body, headers });
    return { status: answer.status, text: await answer.text() };
  }

  async function freshToken(url) {
    const answer = await fetch(url, { cache: "no-store" });
    return (await answer.json()).token;
  }

  function bodyOf(request) {
    const body = new FormData();
    body.set("form_key", request.key);
    for (const [name, value] of request.entries) body.append(name, value);
    return body;
  }

  function receiptIn(answer) {
    try {
      const receipt = JSON.parse(answer.text);
      return receipt.number && receipt.code ? receipt : null;
    } catch {
      return null; // a page, perhaps of somebody else's network
    }
  }

  // Send one that is queued. Without network, or when the server cannot answer now, it stays queued.
  async function send(key, post = quietly) {
    return alone(key, async () => {
      const request = await get(key);
      if (!request || request.state !== "queued") return request;
      let answer;
      try {
        answer = await post(request.action, bodyOf(request), await freshToken(request.tokenUrl));
      } catch {
        return request;
      }
      const receipt = receiptIn(answer);
      const { title } = request;
      if (receipt) return put({ key, title, receipt, state: "sent", at: Date.now() });
      if (answer.status < 400 || answer.status >= 500 || LATER.has(answer.status)) return { ...request, answer };
      return { ...await put({ ...request, state: "refused" }), answer };
    });
  }

  // Send all that are queued; say whether one of them must wait still.
  async function sendAll() {
    const queued = (await all()).filter((request) => request.state === "queued");
    for (const request of queued) await send(request.key);
    return (await all()).some((request) => request.state === "queued");
  }

  self.outbox = { open, get, all, put, remove, send, sendAll, onchange: null };
  if (changes) changes.onmessage = () => outbox.onchange && outbox.onchange();
}
