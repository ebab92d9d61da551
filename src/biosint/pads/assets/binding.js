// Keeps a text field and the shared text equal. What others write leaves caret, selection and scrolling where they are.
import { UndoManager } from "yjs";

import { difference } from "./difference.js";

export const TYPED = Symbol("typed here");

// Where a place of the text is after a change (`delta`: retain, insert, delete, in UTF-16 units).
export function moved(place, delta) {
  let at = 0;
  let result = place;
  for (const step of delta) {
    if (at > result) break;
    if (step.retain) at += step.retain;
    else if (step.insert) {
      if (at < result) result += step.insert.length;
      at += step.insert.length;
    } else result -= Math.min(step.delete, Math.max(0, result - at));
  }
  return result;
}

export class Binding {
  constructor(field, text) {
    this.field = field;
    this.text = text;
    this.composing = false;
    this.known = text.toString();
    // The browser's own list of steps ends when a script sets the text; this one takes back own changes only.
    this.steps = new UndoManager(text, { trackedOrigins: new Set([TYPED]) });
    this.show(this.known);
    text.observe((event, transaction) => {
      if (transaction.origin !== TYPED) this.receive(event.delta, transaction.origin === this.steps);
    });
    field.addEventListener("input", () => this.send());
    field.addEventListener("compositionstart", () => (this.composing = true));
    field.addEventListener("compositionend", () => {
      this.composing = false;
      this.send();
    });
    field.addEventListener("beforeinput", (event) => {
      if (event.inputType === "historyUndo") this.step(event, "undo");
      if (event.inputType === "historyRedo") this.step(event, "redo");
    });
    field.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === "z") this.step(event, event.shiftKey ? "redo" : "undo");
      else if (key === "y") this.step(event, "redo");
    });
  }

  step(event, way) {
    event.preventDefault();
    if (!this.field.readOnly) this.steps[way]();
  }

  send() {
    const now = this.field.value;
    if (now === this.known) return;
    const { start, gone, text } = difference(this.known, now, this.field.selectionEnd);
    this.known = now;
    this.text.doc.transact(() => {
      if (gone) this.text.delete(start, gone);
      if (text) this.text.insert(start, text);
    }, TYPED);
  }

  receive(delta, isOwn) {
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = this.field;
    let start = moved(selectionStart, delta);
    let end = moved(selectionEnd, delta);
    if (isOwn) start = end = lastChange(delta);
    this.known = this.text.toString();
    this.show(this.known);
    this.field.setSelectionRange(start, end, selectionDirection);
    this.field.scrollTop = scrollTop;
  }

  show(text) {
    if (this.field.value !== text) this.field.value = text;
  }
}

function lastChange(delta) {
  let at = 0;
  let last = 0;
  for (const step of delta) {
    at += step.retain ?? step.insert?.length ?? 0;
    if (!step.retain) last = at;
  }
  return last;
}
