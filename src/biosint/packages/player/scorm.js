// Plays SCORM: puts the interface where packages look for it, opens the parts, keeps what they say.

import { broken, line, offerLinks, settings, tellHeight } from "./page.js";

const items = JSON.parse(document.getElementById("items").textContent);
const playable = items.filter((item) => item.href);
const stage = document.getElementById("stage");
const NEVER_KEPT = /(_children|_count)$|^cmi\.(core\.)?(student|learner)_(id|name)$/;

const loaded = (frame) => new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));

// Elements without a value, and lists without a line, are not said at all.
const said = (state) =>
  Object.fromEntries(Object.entries(state).filter(([name, value]) => value !== "" && value !== null && typeof value !== "object" && !NEVER_KEPT.test(name)));

// `kind`: {global, make(), first(item, learner, mode), again(state), sets: event words that change something}
export async function playScorm(kind) {
  const opened = await line.open();
  const known = Object.fromEntries(Object.entries(opened.items).map(([code, item]) => [code, item.state]));
  const done = new Set(Object.keys(opened.items).filter((code) => opened.items[code].done));
  const frame = document.createElement("iframe");
  frame.allow = "fullscreen; autoplay";
  stage.append(frame);
  let current = null;

  function mark() {
    for (const button of document.querySelectorAll("[data-item]")) {
      const item = items[Number(button.dataset.item)];
      if (item === current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      button.querySelector("[data-mark]").textContent = done.has(item.code) ? `✓ ${settings.wordsDone}` : "";
    }
  }

  function follow(api, item) {
    // Old packages set values and are closed before they commit; so every value counts.
    const keep = () => {
      const state = said(api.renderCommitCMI(true));
      known[item.code] = state;
      if (kind.isDone(state)) done.add(item.code);
      line.put(item.code, state);
      mark();
    };
    for (const word of kind.events) api.on(word, keep);
    for (const [word, step] of [["SequenceNext", 1], ["SequencePrevious", -1]]) api.on(word, () => current === item && go(step));
  }

  async function open(item) {
    if (current) {
      // The part before says good-bye while its own interface is still there.
      const gone = loaded(frame);
      frame.src = "about:blank";
      await gone;
    }
    current = item;
    frame.title = item.title;
    if (item.reports) {
      const api = kind.make();
      const before = known[item.code];
      api.loadFromFlattenedJSON({ ...(before ? kind.again(said(before)) : {}), ...kind.always(item, opened), ...(before ? {} : kind.first) });
      follow(api, item);
      window[kind.global] = api;
    } else {
      delete window[kind.global];
      known[item.code] = { opened: true };
      done.add(item.code);
      line.put(item.code, { opened: true });
    }
    frame.src = settings.files + item.href;
    await loaded(frame);
    mark();
    watchHeight(frame);
  }

  function go(step) {
    const next = playable[playable.indexOf(current) + step];
    if (next) open(next);
  }

  document.getElementById("contents")?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-item]");
    if (!button) return;
    document.getElementById("contents").open = false;
    open(items[Number(button.dataset.item)]);
  });
  // Where somebody left off: the first part that is not done, else the first.
  await open(playable.find((item) => !done.has(item.code)) ?? playable[0]);
}

// The height of a page in pages: of its own content, not of the frame it fills.
function watchHeight(frame) {
  try {
    const inner = frame.contentDocument;
    offerLinks(inner);
    const measure = () => {
      const body = inner.body;
      if (!body || inner.querySelector("frameset")) return;
      const height = Math.max(body.offsetHeight, ...[...body.children].map((child) => child.getBoundingClientRect().bottom + inner.defaultView.scrollY));
      tellHeight(Math.min(height + 32, 12_000));
    };
    new frame.contentWindow.ResizeObserver(measure).observe(inner.body);
    measure();
  } catch {
    // A page of another kind (a picture): the frame keeps its height.
  }
}

export const start = (kind) => playScorm(kind).catch(broken);
