// Keeps a half-filled questionnaire on this device, so that a weak line or a closed page loses nothing.
// The page works without this; nothing here sends anything.

const WEEK = 7 * 24 * 3600 * 1000;
const name = (token) => `biosint-answers-${token}`;

function stored(token) {
  try {
    const draft = JSON.parse(localStorage.getItem(name(token)));
    return draft && Date.now() - draft.at < WEEK ? draft : null;
  } catch {
    return null;
  }
}

function forget(token) {
  try { localStorage.removeItem(name(token)); } catch { /* storage is switched off: nothing was kept */ }
}

function typed(form) {
  const values = {};
  for (const [field, value] of new FormData(form)) {
    if (field !== "key" && value !== "") (values[field] ??= []).push(value);
  }
  return values;
}

function keep(form) {
  const draft = { at: Date.now(), key: form.elements.key.value, values: typed(form) };
  try { localStorage.setItem(name(form.dataset.draft), JSON.stringify(draft)); } catch { /* storage is off or full */ }
}

function fill(form, draft) {
  for (const field of form.elements) {
    if (!field.name || field.name === "key") continue;
    const values = draft.values[field.name] ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
  // The key of the first form goes along: if that one did arrive, sending again counts once.
  form.elements.key.value = draft.key;
}

for (const done of document.querySelectorAll("[data-draft-done]")) forget(done.dataset.draftDone);

for (const form of document.querySelectorAll("form[data-draft]")) {
  const token = form.dataset.draft;
  const found = document.querySelector("[data-draft-found]");
  const offline = form.querySelector("[data-offline]");
  const draft = stored(token);
  if (draft && Object.keys(draft.values).length && !("answered" in form.dataset)) {
    fill(form, draft);
    if (found) found.hidden = false;
  }
  document.querySelector("[data-draft-forget]")?.addEventListener("click", () => {
    forget(token);
    location.reload();
  });
  let later;
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(() => keep(form), 300);
  });
  addEventListener("pagehide", () => {
    if (Object.keys(typed(form)).length && later) keep(form);
  });
  const showLine = () => { if (offline) offline.hidden = navigator.onLine; };
  addEventListener("online", showLine);
  addEventListener("offline", showLine);
  let sentAt = 0;
  form.addEventListener("submit", (event) => {
    clearTimeout(later);
    later = undefined;
    keep(form);
    if (!navigator.onLine || Date.now() - sentAt < 3000) {
      event.preventDefault();
      showLine();
      return;
    }
    sentAt = Date.now();
  });
}
