// Brings changes to the server and others' changes here, by short requests: often while somebody types, seldom when
// nobody does, never in a hidden tab. What is not confirmed is kept and sent again.
import { applyUpdate, mergeUpdates } from "yjs";

import { Kept, freshKey, toBytes, toText } from "./kept.js";
import { showPeople } from "./people.js";

const TYPING = 2000;
const FIRST = 700;
const IDLE = [3000, 4000, 6000, 8000, 12_000, 20_000];
const LONGEST_PAUSE = 30_000;
const FROM_SERVER = Symbol("from the server");
// Sentences that the page carries for this script, in the reader’s language.
const SAYS = { saved: "saySaved", saving: "saySaving", lost: "sayLost", full: "sayFull", out: "sayOut", refused: "sayRefused" };

export class Line {
  constructor(pad, doc) {
    this.pad = pad;
    this.doc = doc;
    this.seen = -1;
    this.kept = new Kept(pad.dataset.pad, pad.dataset.person);
    // [key, bytes]; those in `sent` may be at the server already, so they stay as they are.
    this.waiting = [];
    this.sent = new Set();
    this.failures = 0;
    this.quiet = 0;
    this.typed = 0;
    this.timer = null;
    this.due = Infinity;
    this.running = false;
    this.stopped = false;
    this.onOpened = () => {};
    this.isBusy = () => false;
  }

  start() {
    this.waiting = this.kept.earlier();
    for (const [, content] of this.waiting) applyUpdate(this.doc, content, FROM_SERVER);
    this.doc.on("update", (content, origin) => {
      if (origin !== FROM_SERVER) this.write(content);
    });
    document.addEventListener("visibilitychange", () => this.exchange({ keepalive: document.hidden }));
    window.addEventListener("pagehide", () => this.waiting.length && this.exchange({ keepalive: true }));
    window.addEventListener("online", () => this.exchange());
    this.exchange();
  }

  write(content) {
    const last = this.waiting.at(-1);
    if (last && !this.sent.has(last[0])) this.waiting.splice(-1, 1, [freshKey(), mergeUpdates([last[1], content])]);
    else this.waiting.push([freshKey(), content]);
    this.kept.save(this.waiting);
    this.typed = Date.now();
    this.quiet = 0;
    if (this.pad.dataset.state !== "full") this.tell(this.failures ? "lost" : "saving");
    this.plan(this.failures ? this.pause() : FIRST);
  }

  pause() {
    if (this.pad.dataset.state === "full") return LONGEST_PAUSE;
    if (this.failures) return Math.min(LONGEST_PAUSE, TYPING * 2 ** Math.min(this.failures - 1, 4));
    if (this.waiting.length || this.quiet === 0) return TYPING;
    return IDLE[Math.min(this.quiet - 1, IDLE.length - 1)];
  }

  // An earlier plan stands.
  plan(pause) {
    const due = Date.now() + pause;
    if (this.stopped || due > this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.exchange(), pause);
  }

  async exchange({ keepalive = false } = {}) {
    if (this.running || this.stopped) return;
    clearTimeout(this.timer);
    this.due = Infinity;
    if (document.hidden && !this.waiting.length) return;
    if (this.isBusy()) {
      this.plan(TYPING);
      return;
    }
    this.running = true;
    const sending = [...this.waiting];
    for (const [key] of sending) this.sent.add(key);
    try {
      const answer = await this.ask(sending, keepalive);
      if (answer) this.take(answer, sending);
    } catch {
      this.failures += 1;
      this.tell("lost");
    }
    this.running = false;
    this.plan(this.pause());
  }

  async ask(sending, keepalive) {
    const response = await fetch(this.pad.dataset.url, {
      method: "POST",
      keepalive,
      headers: { "content-type": "application/json", "x-csrftoken": this.pad.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify({
        seen: Math.max(0, this.seen),
        writing: Date.now() - this.typed < 5000,
        updates: sending.map(([key, content]) => [key, toText(content)]),
      }),
      // A lost line does not always say so.
      signal: AbortSignal.timeout(20_000),
    });
    if (response.redirected || response.status === 401) return this.end("out");
    if (response.status === 413) {
      // Nothing was taken: what makes room may join what was refused.
      for (const [key] of sending) this.sent.delete(key);
      if (this.waiting.length > 1) this.waiting = [[freshKey(), mergeUpdates(this.waiting.map(([, content]) => content))]];
      this.tell("full");
      return null;
    }
    if (response.status === 403 || response.status === 404 || response.status === 422) return this.end("refused");
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  take(answer, sending) {
    const done = new Set(sending.map(([key]) => key));
    this.waiting = this.waiting.filter(([key]) => !done.has(key));
    for (const key of done) this.sent.delete(key);
    for (const content of answer.updates) applyUpdate(this.doc, toBytes(content), FROM_SERVER);
    const isFirst = this.seen < 0;
    const isQuiet = !sending.length && !answer.updates.length && !answer.here.some((one) => one.writes);
    this.quiet = isQuiet ? this.quiet + 1 : 0;
    this.seen = answer.number;
    this.failures = 0;
    this.kept.save(this.waiting);
    this.tell(this.waiting.length ? "saving" : "saved");
    showPeople(this.pad, answer.here);
    if (isFirst) this.onOpened();
  }

  end(state) {
    this.stopped = true;
    this.tell(state);
    return null;
  }

  // What a person must know is said aloud; that all is well is only shown.
  tell(state) {
    if (this.pad.dataset.state === state) return;
    this.pad.dataset.state = state;
    const calm = state === "saved" || state === "saving";
    this.pad.querySelector("[data-pad-state]").textContent = calm ? this.pad.dataset[SAYS[state]] : "";
    this.pad.querySelector("[data-pad-alarm]").textContent = calm ? "" : this.pad.dataset[SAYS[state]];
  }
}
