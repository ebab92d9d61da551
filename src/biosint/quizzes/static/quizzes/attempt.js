// Answers of a quiz on their way: kept on this device at once, saved in the background, sent until the
// server has them. Without this script the form saves and sends by its own buttons.
//
// A copy lies in the storage of the browser until the server has confirmed exactly what it holds. The
// server keeps a revision: it tells whether another tab or device has saved meanwhile.

const PAUSE = 1500; // ms after the last key
const AGAIN = 8000; // ms until a lost line is tried again
const PATIENCE = 20000;
const WARNINGS = [300, 60]; // seconds at which the remaining time is spoken

const place = (attempt) => `biosint-quiz-${attempt}`;

function read(attempt) {
  try {
    return JSON.parse(localStorage.getItem(place(attempt)) ?? "null");
  } catch {
    return null;
  }
}

function write(attempt, draft) {
  try {
    if (draft) localStorage.setItem(place(attempt), JSON.stringify(draft));
    else localStorage.removeItem(place(attempt));
  } catch { /* no storage here: the background saving still works */ }
}

const OWN = new Set(["csrfmiddlewaretoken", "revision"]);

function typed(form) {
  return [...new FormData(form)].filter(([name, value]) => !OWN.has(name) && value !== "");
}

function fill(form, pairs) {
  const values = {};
  for (const [name, value] of pairs) (values[name] ??= []).push(value);
  for (const field of form.elements) {
    if (!field.name || OWN.has(field.name) || field.type === "hidden" || field.type === "submit") continue;
    const given = values[field.name] ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
    else field.value = given[0] ?? "";
  }
}

// --- the line to the server ---------------------------------------------------------------------------------

function watchAnswers(form) {
  const { attempt } = form.dataset;
  const state = form.querySelector("[data-state]");
  const say = (name) => { state.textContent = name ? state.dataset[name] : ""; };
  const revision = form.elements.revision;
  let confirmed = JSON.stringify(typed(form));
  let busy = null;
  let later;
  let sending = false;

  const draft = read(attempt);
  if (draft && JSON.stringify(draft.pairs) !== confirmed) {
    fill(form, draft.pairs);
    revision.value = draft.revision;
    document.querySelector("[data-restored]").hidden = false;
    later = setTimeout(() => save(), 100);
  }

  const keep = () => write(attempt, { pairs: typed(form), revision: revision.value, at: Date.now() });

  async function post(address, patience = PATIENCE, options = {}) {
    return fetch(address, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      redirect: "manual",
      signal: AbortSignal.timeout(patience),
      ...options,
    });
  }

  async function saveOnce() {
    const now = JSON.stringify(typed(form));
    if (now === confirmed || sending) return;
    say("saving");
    try {
      const response = await post(form.dataset.save, PATIENCE, { headers: { Accept: "application/json" } });
      if (response.type === "opaqueredirect" || response.status === 403) return void say("signin");
      if (!response.ok) throw new Error(response.status);
      const told = await response.json();
      revision.value = told.revision;
      confirmed = now;
      document.querySelector("[data-elsewhere]").hidden = !told.merged;
      if (told.sent) return void location.assign(form.dataset.result);
      if (told.seconds !== null) dispatchEvent(new CustomEvent("biosint-seconds", { detail: told.seconds }));
      if (JSON.stringify(typed(form)) === now) {
        write(attempt, null);
        say("saved");
      } else schedule();
    } catch {
      say("kept");
      schedule(AGAIN);
    }
  }

  // One after the other: what was typed first never arrives last.
  function save() {
    busy ??= saveOnce().finally(() => { busy = null; });
    return busy;
  }

  function schedule(pause = PAUSE) {
    clearTimeout(later);
    later = setTimeout(save, pause);
  }

  form.addEventListener("input", () => {
    keep();
    schedule();
  });
  addEventListener("online", () => (sending ? null : schedule(0)));
  addEventListener("pagehide", () => {
    if (sending || JSON.stringify(typed(form)) === confirmed) return;
    keep();
    navigator.sendBeacon?.(form.dataset.save, new URLSearchParams(new FormData(form)));
  });

  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(later);
    keep();
    say("sending");
    for (const button of form.querySelectorAll("[type=submit]")) button.disabled = true;
    await busy;
    for (;;) {
      try {
        const response = await post(form.action);
        if (response.type === "opaqueredirect") return void location.assign(form.dataset.result);
        if (response.status === 403) break;
        if (response.status < 500) break;
      } catch { /* no line: again below */ }
      say("waiting");
      await new Promise((go) => {
        setTimeout(go, AGAIN);
        addEventListener("online", go, { once: true });
      });
    }
    // The server wants to say something itself: let its page come.
    sending = false;
    for (const button of form.querySelectorAll("[type=submit]")) button.disabled = false;
    say("signin");
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter && !("send" in event.submitter.dataset)) {
      confirmed = JSON.stringify(typed(form)); // the button itself saves
      return;
    }
    event.preventDefault();
    send();
  });
  return { send };
}

// --- one question at a time, and where one stands -----------------------------------------------------------

function watchNumbers(form) {
  const questions = [...form.querySelectorAll("[data-question]")];
  const nav = form.querySelector("[data-numbers]");
  const links = [...nav.querySelectorAll("[data-to]")];
  const steps = form.querySelector("[data-steps]");
  const one = "one" in form.dataset && questions.length > 1;
  let current = 0;
  nav.hidden = questions.length < 2;

  const isAnswered = (question) =>
    [...question.querySelectorAll("input, select, textarea")].some(
      (field) => field.name !== "flag" && (["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim()),
    );

  function mark() {
    links.forEach((link, number) => {
      const done = isAnswered(questions[number]);
      const flag = questions[number].querySelector("[name=flag]")?.checked ?? false;
      link.toggleAttribute("data-done", done);
      link.toggleAttribute("data-flag", flag);
      const words = [number + 1, done && nav.dataset.answered, flag && nav.dataset.flagged].filter(Boolean);
      link.setAttribute("aria-label", words.join(", "));
      if (one && number === current) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
  }

  function show(number, focus = true) {
    current = Math.max(0, Math.min(questions.length - 1, number));
    questions.forEach((question, index) => { question.hidden = index !== current; });
    steps.querySelector("[data-back]").disabled = current === 0;
    steps.querySelector("[data-next]").disabled = current === questions.length - 1;
    mark();
    if (focus) questions[current].focus();
  }

  form.addEventListener("input", mark);
  const asked = () => questions.findIndex((question) => `#${question.id}` === location.hash);
  if (one) {
    steps.hidden = false;
    steps.querySelector("[data-back]").addEventListener("click", () => show(current - 1));
    steps.querySelector("[data-next]").addEventListener("click", () => show(current + 1));
    addEventListener("hashchange", () => { if (asked() >= 0) show(asked()); });
    for (const link of links) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        show(Number(link.dataset.to));
      });
    }
    const open = questions.findIndex((question) => !isAnswered(question));
    show(asked() >= 0 ? asked() : Math.max(0, open), false);
  } else mark();
}

// --- the clock ----------------------------------------------------------------------------------------------

function watchClock(clock, send) {
  // The server says how many seconds are left; the clock of this device may be wrong by years.
  let end = performance.now() + Number(clock.dataset.seconds) * 1000;
  const wasOver = Number(clock.dataset.seconds) === 0;
  const left = clock.querySelector("[data-left]");
  const said = clock.querySelector("[data-said]");
  const spoken = new Set();
  addEventListener("biosint-seconds", (event) => { end = performance.now() + event.detail * 1000; });
  const tick = () => {
    const seconds = Math.max(0, Math.round((end - performance.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    clock.toggleAttribute("data-short", seconds <= WARNINGS[1]);
    for (const warning of WARNINGS) {
      if (seconds <= warning && seconds > warning - 5 && !spoken.has(warning)) {
        spoken.add(warning);
        said.textContent = clock.dataset.minutes.replace("{minutes}", Math.round(warning / 60));
      }
    }
    if (seconds) return;
    clearInterval(timer);
    left.textContent = clock.dataset.over;
    if (!wasOver) send();
  };
  const timer = setInterval(tick, 1000);
  tick();
}

for (const done of document.querySelectorAll("[data-attempt-done]")) write(done.dataset.attemptDone, null);
for (const form of document.querySelectorAll("form[data-attempt]")) {
  const { send } = watchAnswers(form);
  watchNumbers(form);
  for (const clock of document.querySelectorAll("[data-clock]")) watchClock(clock, send);
}
