// What the questions of a page do besides being answered: they come and go by conditions, come page by page,
// and are put in order. Without this everything stands on one page, and the server judges all the same.

// --- conditions ---------------------------------------------------------------------------------------------

const number = (text) => (/^\s*-?\d+([.,]\d+)?\s*$/.test(text) ? Number(text.replace(",", ".")) : null);

function languageCode(field) {
  const written = field.value.trim().toLowerCase();
  for (const option of field.list?.options ?? []) {
    if (option.value.toLowerCase() === written) return option.dataset.code;
  }
  return written;
}

// The answer under a code: a word, a list of words where several can be given, or null.
function answer(root, code) {
  const fields = [...root.querySelectorAll(`[name="${CSS.escape(code)}"]`)].filter((field) => !field.disabled);
  if (!fields.length) return null;
  if (fields[0].type === "radio") return fields.find((field) => field.checked)?.value ?? null;
  let given;
  if (fields[0].type === "checkbox") given = fields.filter((field) => field.checked).map((field) => field.value);
  else if (fields[0].list) given = fields.filter((field) => field.value.trim()).map(languageCode);
  else return fields[0].value.trim() || null;
  return given.length ? given : null;
}

function beyond(given, limit) {
  const [left, right] = [number(given), number(String(limit))];
  if (left !== null && right !== null) return Math.sign(left - right);
  return given < String(limit) ? -1 : Number(given > String(limit));
}

const VERBS = {
  is: (given, values) => values.some((value) => given === String(value) || (number(given) !== null && number(given) === value)),
  is_not: (given, values) => !VERBS.is(given, values),
  chosen: (given, values) => values.some((value) => given.includes(value)),
  not_chosen: (given, values) => !VERBS.chosen(given, values),
  at_least: (given, [limit]) => beyond(given, limit) >= 0,
  at_most: (given, [limit]) => beyond(given, limit) <= 0,
};

function holds(root, condition) {
  const clause = ({ question, ...rest }) => {
    const [[verb, values]] = Object.entries(rest);
    const given = answer(root, question);
    return given !== null && VERBS[verb](given, values);
  };
  return condition.any ? condition.any.some(clause) : condition.all.every(clause);
}

function showWhatIsAsked(root) {
  // In the order of the page: what hangs on a hidden question finds it without an answer.
  for (const part of root.querySelectorAll("[data-shown-if]")) {
    part.hidden = Boolean(part.parentElement.closest("[data-shown-if][hidden]")) || !holds(root, JSON.parse(part.dataset.shownIf));
    for (const field of part.querySelectorAll("input, select, textarea")) {
      field.disabled = Boolean(field.closest("[data-shown-if][hidden]"));
    }
  }
}

function branch(root) {
  if (!root.querySelector("[data-shown-if]")) return;
  for (const words of root.querySelectorAll("[data-shown-if-words]")) words.hidden = true;
  const look = () => showWhatIsAsked(root);
  root.addEventListener("input", look);
  root.addEventListener("change", look);
  look();
}

// --- one section at a time ----------------------------------------------------------------------------------

function turnPages(root) {
  const steps = root.querySelector("[data-steps]");
  if (!steps) return;
  const sections = [...root.querySelectorAll("[data-page]")];
  const [back, next] = ["back", "next"].map((name) => steps.querySelector(`[data-steps-${name}]`));
  const words = steps.querySelector("[data-steps-words]");
  const end = [...root.querySelectorAll("[data-last-page], .form-end")];
  let here = Math.max(0, sections.findIndex((section) => section.querySelector("[data-wrong]")));

  const asked = () => sections.filter((section) => !section.hidden);
  const show = ({ focus } = { focus: true }) => {
    const shown = asked();
    const place = shown.indexOf(sections[here]);
    for (const section of sections) section.classList.toggle("answer-away", section !== sections[here]);
    for (const part of end) part.classList.toggle("answer-away", place < shown.length - 1);
    back.hidden = place === 0;
    next.hidden = place === shown.length - 1;
    words.textContent = words.dataset.words.replace("{here}", place + 1).replace("{all}", shown.length);
    if (focus) sections[here].querySelector("h2")?.focus();
  };
  const turn = (by) => {
    const shown = asked();
    const to = shown[shown.indexOf(sections[here]) + by];
    if (to) here = sections.indexOf(to);
    show();
  };
  const find = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const place = target ? sections.findIndex((section) => section.contains(target)) : -1;
    if (place < 0) return;
    here = place;
    show({ focus: false });
    target.focus();
  };

  steps.hidden = false;
  back.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  addEventListener("hashchange", find);
  root.addEventListener("click", (event) => { if (event.target.closest('a[href^="#q_"]')) setTimeout(find); });
  root.addEventListener("change", () => show({ focus: false }));
  // The return key sends only from the last page.
  root.addEventListener("submit", (event) => {
    if (next.hidden) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    turn(1);
  }, true);
  show({ focus: false });
  find();
}

// --- places -------------------------------------------------------------------------------------------------

function order(field) {
  const list = field.querySelector("ul");
  const rows = [...list.children];
  const most = rows[0].querySelector("select").options.length - 1;
  const select = (row) => row.querySelector("select");
  const placed = () => rows.filter((row) => select(row).value).sort((a, b) => select(a).value - select(b).value);
  const said = field.querySelector("[role=status]");

  const arrange = (ranked, moved) => {
    const focus = document.activeElement;
    const kept = ranked.slice(0, most);
    for (const row of rows) select(row).value = kept.includes(row) ? String(kept.indexOf(row) + 1) : "";
    list.append(...kept, ...rows.filter((row) => !kept.includes(row)));
    for (const row of rows) {
      const place = kept.indexOf(row);
      row.querySelector("[data-up]").disabled = place === 0;
      row.querySelector("[data-down]").disabled = place < 0 || place === kept.length - 1;
    }
    if (!moved) return;
    (focus?.disabled ? select(moved) : focus)?.focus();
    said.textContent = `${moved.querySelector("label").textContent}: ${select(moved).value || "–"}`;
    select(moved).dispatchEvent(new Event("input", { bubbles: true }));
  };
  const put = (row, place) => {
    const others = placed().filter((other) => other !== row);
    if (place > 0) others.splice(place - 1, 0, row);
    arrange(others, row);
  };

  for (const row of rows) {
    const name = row.querySelector("label").textContent;
    const buttons = row.querySelector("template").content.cloneNode(true);
    for (const [button, by] of [[buttons.querySelector("[data-up]"), -1], [buttons.querySelector("[data-down]"), 1]]) {
      button.setAttribute("aria-label", `${button.dataset.words}: ${name}`);
      button.addEventListener("click", () => {
        const ranked = placed();
        const at = ranked.indexOf(row);
        put(row, at < 0 ? Math.min(ranked.length + 1, most) : at + 1 + by);
      });
    }
    row.append(buttons);
    select(row).addEventListener("change", () => put(row, Number(select(row).value)));
  }
  arrange(placed());
}

const root = document.querySelector("form.answer-form, [data-questions]");
if (root) {
  for (const field of root.querySelectorAll("[data-rank]")) order(field);
  branch(root);
  turnPages(root);
}
