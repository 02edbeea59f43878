"use strict";
// The service worker. `shell` (which files and pages, in which language) comes from the view that serves it.
// It keeps files and empty forms only, fetched without cookies: no page about a person is ever kept.
const { shell, outbox } = self;
const CACHE = `daodi-${shell.version}`;
const PATIENCE = 5000;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(shell.files);
  const options = { credentials: "omit", cache: "no-store", headers: { "Accept-Language": shell.language } };
  for (const url of [...shell.pages, shell.offline]) {
    const answer = await fetch(url, options);
    if (!answer.ok) throw new Error(url);
    await cache.put(url, answer);
  }
}

async function clear() {
  const old = (await caches.keys()).filter((name) => name.startsWith("daodi-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

const kept = async (url) => (await caches.open(CACHE)).match(url);

function formFor(url) {
  const ledger = url.searchParams.get("ledger");
  const wanted = ledger ? `${shell.page}?ledger=${ledger}` : shell.page;
  return kept(shell.pages.includes(wanted) ? wanted : shell.page);
}

// The form comes from the network, and after some seconds without an answer as it was kept.
async function form(request, url) {
  const answer = fetch(request);
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([answer, patience]).catch(() => null);
  return first || await formFor(url) || answer;
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const instead = await kept(shell.offline);
    if (!instead) throw error;
    return instead;
  }
}

// A name with a hash always means the same content: the kept one is as good.
async function file(request, url) {
  const there = await kept(request.url);
  if (there && HASHED.test(url.pathname)) return there;
  return fetch(request).catch((error) => {
    if (!there) throw error;
    return there;
  });
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(clear()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (url.pathname === shell.page) event.respondWith(form(request, url));
    else if (shell.others.some((path) => url.pathname.startsWith(path))) event.respondWith(page(request));
  } else if (shell.files.includes(url.pathname)) event.respondWith(file(request, url));
});

async function sendAll() {
  if (await outbox.sendAll()) throw new Error("Some must wait: the browser tries again later.");
}

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sendAll());
});
