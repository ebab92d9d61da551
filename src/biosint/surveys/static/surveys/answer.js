// Nothing that a person fills in is lost to a weak line, a closed tab or an empty battery: drafts are kept on
// this device, and what is sent without a line waits here and goes by itself when the line is back. Each form
// carries a key of its own, so that the server counts it once however often it arrives. The page works without this.

const WEEK = 7 * 24 * 3600 * 1000;
const PATIENCE = 30_000; // milliseconds for one answer of the server
const AGAIN = 20_000; // between two tries while something waits
const OWN = new Set(["key", "filling", "ticket"]); // never part of a draft: they belong to the opened page

// --- what is kept on the device -----------------------------------------------------------------------------

function read(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}

function write(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false; // storage is switched off or full
  }
}

// Two people with two tickets on one device do not see each other's drafts.
const draftName = (form) => `biosint-answers-${form.dataset.draft}${form.elements.ticket ? `-${form.elements.ticket.value}` : ""}`;
const unsentName = (token) => `biosint-unsent-${token}`;
const unsent = (token) => read(unsentName(token)) ?? [];
const keepUnsent = (token, entries) => write(unsentName(token), entries.length ? entries : null);

function newFilling() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function typed(form) {
  const values = {};
  for (const [field, value] of new FormData(form)) {
    if (!OWN.has(field) && value !== "") (values[field] ??= []).push(value);
  }
  return values;
}

let cleared = false; // a page that was emptied on purpose keeps nothing while it goes

function startEmpty() {
  cleared = true;
  for (const form of document.querySelectorAll("form[data-draft]")) form.reset();
  location.reload();
}

function keepDraft(form) {
  if (cleared) return;
  const { key, filling } = form.elements;
  write(draftName(form), { at: Date.now(), key: key.value, filling: filling.value, values: typed(form) });
}

function fill(form, values) {
  const taken = {};
  for (const field of form.elements) {
    if (!field.name || OWN.has(field.name) || field.type === "hidden") continue;
    const given = values[field.name] ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
    else {
      // Several fields may share a name: each takes the next of its values.
      const place = (taken[field.name] = (taken[field.name] ?? -1) + 1);
      if (place < given.length) field.value = given[place];
    }
  }
}

// --- sending ------------------------------------------------------------------------------------------------

// Says what became of it: "sent", "later" (no line, or the server rests), "refused" (something is to be
// corrected) or "closed".
async function deliver(entry) {
  try {
    const response = await fetch(entry.action, {
      method: "POST",
      body: new URLSearchParams(entry.fields),
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.type === "opaqueredirect") return "sent";
    if (response.status === 410 || response.status === 404) return "closed";
    return response.status === 422 ? "refused" : "later";
  } catch {
    return "later";
  }
}

// Two tabs of one questionnaire do not send at the same time.
const alone = (token, work) => (navigator.locks ? navigator.locks.request(`biosint-${token}`, work) : work());

async function sendWaiting(token, show) {
  await alone(token, async () => {
    let sent = 0;
    for (const entry of unsent(token).filter((waiting) => !waiting.fault)) {
      const became = await deliver(entry);
      if (became === "later") break;
      const others = unsent(token).filter((waiting) => waiting.filling !== entry.filling);
      keepUnsent(token, became === "sent" ? others : [...others, { ...entry, fault: became }]);
      sent += became === "sent";
    }
    show(sent);
  });
}

// --- the state line -----------------------------------------------------------------------------------------

function stateLine(token) {
  const line = document.querySelector("[data-unsent]");
  return (sent = 0) => {
    if (!line) return;
    const entries = unsent(token);
    const counts = {
      sent,
      waiting: entries.filter((entry) => !entry.fault).length,
      refused: entries.filter((entry) => entry.fault === "refused").length,
      closed: entries.filter((entry) => entry.fault === "closed").length,
    };
    for (const part of line.querySelectorAll("[data-when]")) {
      const number = counts[part.dataset.when];
      part.hidden = !number;
      const words = part.querySelector("[data-words]");
      if (number && words) words.textContent = words.dataset.words.replace("{number}", number);
    }
    line.hidden = !Object.values(counts).some(Boolean);
  };
}

function watchTheLine(token, show) {
  const send = () => { if (navigator.onLine && unsent(token).some((entry) => !entry.fault)) sendWaiting(token, show); };
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(send, AGAIN);
  send();
}

// --- the form -----------------------------------------------------------------------------------------------

// Without a line nobody else can say what is missing: whatever is not marked as optional.
function firstMissing(form) {
  for (const field of form.querySelectorAll(".field[id^=q_]")) {
    const part = field.closest("[data-shown-if][hidden], [data-optional]");
    if (part || field.querySelector(".field[id^=q_]") || isOptional(field)) continue;
    const inputs = [...field.querySelectorAll("input, select, textarea")].filter((input) => input.name && !input.disabled);
    const answered = (input) => (input.type === "radio" || input.type === "checkbox" ? input.checked : input.value.trim());
    if (inputs.length && !inputs.some(answered)) return field;
  }
  return null;
}

function isOptional(field) {
  for (let part = field; part; part = part.parentElement.closest(".field[id^=q_]")) {
    if (part.querySelector(":scope > legend .optional, :scope > label .optional, :scope > .optional")) return true;
  }
  return false;
}

function prepare(form) {
  const token = form.dataset.draft;
  const show = stateLine(token);
  const found = document.querySelector("[data-draft-found]");
  const offline = form.querySelector("[data-offline]");
  const missing = form.querySelector("[data-missing]");
  const kept = document.querySelector("[data-kept]");
  const { filling } = form.elements;
  filling.value ||= newFilling();

  const draft = read(draftName(form));
  if (draft && Date.now() - draft.at < WEEK && Object.keys(draft.values).length && !("answered" in form.dataset)) {
    fill(form, draft.values);
    // The key of the first form goes along: if that one did arrive, sending again counts once.
    form.elements.key.value = draft.key;
    filling.value = draft.filling || filling.value;
    if (found) found.hidden = false;
  }
  document.querySelector("[data-draft-forget]")?.addEventListener("click", () => {
    write(draftName(form), null);
    startEmpty();
  });

  let later;
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(() => keepDraft(form), 300);
  });
  addEventListener("pagehide", () => { if (later && Object.keys(typed(form)).length) keepDraft(form); });
  const showLine = () => { if (offline) offline.hidden = navigator.onLine; };
  addEventListener("online", showLine);
  addEventListener("offline", showLine);
  showLine();

  const thank = () => {
    write(draftName(form), null);
    tellWorker({ forget: location.href, ticket: Boolean(form.elements.ticket) });
    location.assign(form.dataset.thanks);
  };
  const sendPlainly = () => {
    // The server shows what it wants corrected, beside each question.
    sessionStorage.setItem("biosint-sending", draftName(form));
    form.submit();
  };
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    clearTimeout(later);
    later = undefined;
    keepDraft(form);
    const lacking = navigator.onLine ? null : firstMissing(form);
    if (missing) missing.hidden = !lacking;
    if (lacking) {
      // Turns to its page, where the questionnaire comes page by page.
      location.hash = lacking.id;
      lacking.focus();
      return;
    }
    busy = true;
    const entry = { at: Date.now(), filling: filling.value, action: form.action, fields: [...new FormData(form)] };
    if (!keepUnsent(token, [...unsent(token).filter((other) => other.filling !== entry.filling), entry])) {
      sendPlainly();
      return;
    }
    const became = navigator.onLine ? await alone(token, () => deliver(entry)) : "later";
    const drop = () => keepUnsent(token, unsent(token).filter((other) => other.filling !== entry.filling));
    if (became === "sent") {
      drop();
      thank();
    } else if (became === "later") {
      write(draftName(form), null);
      form.hidden = true;
      if (found) found.hidden = true;
      if (kept) kept.hidden = false;
      kept?.focus();
      show();
      addEventListener("biosint-sent", thank);
    } else {
      drop();
      sendPlainly();
    }
  });

  document.querySelector("[data-again]")?.addEventListener("click", startEmpty);
  document.querySelector("[data-look]")?.addEventListener("click", () => {
    const entry = unsent(token).find((waiting) => waiting.fault === "refused");
    if (!entry) return;
    const values = {};
    for (const [field, value] of entry.fields) (values[field] ??= []).push(value);
    fill(form, values);
    form.elements.key.value = values.key[0];
    filling.value = entry.filling;
    keepDraft(form);
    keepUnsent(token, unsent(token).filter((other) => other.filling !== entry.filling));
    sendPlainly();
  });

  watchTheLine(token, (sent) => {
    show(sent);
    if (sent && !unsent(token).length) dispatchEvent(new Event("biosint-sent"));
  });
  show();
}

// --- the page without a line, and a device that others use after us -----------------------------------------

async function tellWorker(message) {
  const registration = await navigator.serviceWorker?.getRegistration(location.href);
  registration?.active?.postMessage(message);
}

async function keepPage(form) {
  if (!navigator.serviceWorker || !navigator.onLine) return;
  try {
    await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.scope });
    const { active } = await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType("resource").map((part) => part.name).filter((url) => new URL(url).pathname.startsWith("/static/"));
    active.postMessage({ keep: location.href, parts });
  } catch { /* an old or careful browser: the page then needs a line to be opened */ }
}

document.querySelector("[data-clear]")?.addEventListener("click", async (event) => {
  const { words, clear: token } = event.currentTarget.dataset;
  if (unsent(token).length && !confirm(words.replace("{number}", unsent(token).length))) return;
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(`biosint-answers-${token}`) || name === unsentName(token)) localStorage.removeItem(name);
  }
  for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith("biosint-answer")) await caches.delete(name);
  await (await navigator.serviceWorker?.getRegistration(location.href))?.unregister();
  startEmpty();
});

for (const done of document.querySelectorAll("[data-draft-done]")) {
  const sending = sessionStorage.getItem("biosint-sending");
  if (sending) write(sending, null);
  sessionStorage.removeItem("biosint-sending");
}
// Pages that say thank you, or that it has closed, still send what waits.
for (const place of document.querySelectorAll("[data-unsent]:not([data-unsent=''])")) {
  const token = place.dataset.unsent;
  if (!document.querySelector("form[data-draft]")) {
    const show = stateLine(token);
    show();
    watchTheLine(token, show);
  }
}
for (const form of document.querySelectorAll("form[data-draft]")) {
  prepare(form);
  keepPage(form);
}
