// Sends files in parts as soon as they are chosen (tus 1.0), while the rest of the form is being filled in. A broken
// line or a closed page costs nothing that has arrived: choose the same file again and it goes on where it stopped.
// The form then carries the keys of what has arrived; without this script it carries the files themselves.

import { Upload } from "tus-js-client";

// Small enough to move on a weak line, large enough not to wait for answers on a good one.
const PART = 1024 * 1024;
const PATIENCE = [0, 1000, 3000, 5000, 10_000, 20_000];

const token = () => {
  try {
    return JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];
  } catch {
    return "";
  }
};

class Sending {
  constructor(field, file) {
    this.field = field;
    this.row = field.template.content.firstElementChild.cloneNode(true);
    this.bar = this.row.querySelector("progress");
    this.words = this.row.querySelector("[data-words]");
    this.again = this.row.querySelector("[data-again]");
    this.row.querySelector("[data-name]").textContent = file.name;
    this.bar.setAttribute("aria-label", `${this.bar.getAttribute("aria-label")}: ${file.name}`);
    this.again.addEventListener("click", () => this.start());
    this.row.querySelector("[data-drop]").addEventListener("click", () => this.drop());
    window.addEventListener("online", () => { if (this.isCutOff) this.start(); });
    field.rows.append(this.row);
    const { resumable, kindOfFile, subject } = field.input.dataset;
    this.upload = new Upload(file, {
      endpoint: resumable,
      chunkSize: PART,
      retryDelays: PATIENCE,
      headers: { "X-CSRFToken": token() },
      metadata: { filename: file.name, kind: kindOfFile, subject },
      removeFingerprintOnSuccess: true,
      // The same file for another activity is another upload.
      fingerprint: async () => ["tus", file.name, file.size, file.lastModified, kindOfFile, subject].join("-"),
      // No answer is a broken line; 409 is our own request before it that still ends.
      onShouldRetry: (fault) => [undefined, 409].includes(fault.originalResponse?.getStatus()) || fault.originalResponse.getStatus() >= 500,
      onProgress: (sent, whole) => { this.bar.value = whole ? (100 * sent) / whole : 100; },
      onError: (fault) => this.fail(fault),
      onSuccess: () => this.finish(),
    });
  }

  async start() {
    this.isCutOff = false;
    this.isSending = true;
    this.again.hidden = true;
    this.bar.hidden = false;
    this.words.textContent = this.field.rows.dataset.sending;
    const [earlier] = await this.upload.findPreviousUploads();
    if (earlier && !this.upload.url) this.upload.resumeFromPreviousUpload(earlier);
    this.upload.start();
  }

  fail(fault) {
    const answer = fault.originalResponse;
    const { waiting, broken } = this.field.rows.dataset;
    this.isSending = false;
    this.isCutOff = !answer;
    this.words.textContent = answer ? answer.getBody() || broken : waiting;
    this.bar.hidden = Boolean(answer);
    this.again.hidden = false;
    this.field.settle();
  }

  finish() {
    this.isSending = false;
    this.isHere = true;
    const key = this.upload.url.split("/").filter(Boolean).at(-1);
    const label = this.row.querySelector("label");
    const box = label.querySelector("input");
    label.querySelector("span").textContent = this.row.querySelector("[data-name]").textContent;
    box.name = this.field.input.dataset.into;
    box.value = key;
    label.hidden = false;
    this.row.querySelector("[data-name]").hidden = true;
    this.bar.hidden = true;
    this.words.textContent = this.field.rows.dataset.here;
    this.field.settle();
  }

  // Gives the file up, here and on the server.
  async drop() {
    this.isSending = false;
    this.isCutOff = false;
    this.row.remove();
    this.field.sendings.delete(this);
    this.field.settle();
    this.field.input.focus();
    await this.upload.abort(Boolean(this.upload.url)).catch(() => {}); // offline: it expires by itself
  }
}

class Field {
  constructor(input) {
    this.input = input;
    this.template = input.parentElement.querySelector("[data-resumable-row]");
    this.rows = input.parentElement.querySelector("[data-resumable-rows]");
    this.sendings = new Set();
    input.addEventListener("change", () => this.choose());
    input.form.addEventListener("submit", (event) => this.hold(event));
  }

  choose() {
    const files = [...this.input.files];
    // What goes in parts does not go with the form as well.
    this.input.value = "";
    if (!this.input.multiple) for (const one of [...this.sendings]) one.drop();
    for (const file of files) {
      const sending = new Sending(this, file);
      this.sendings.add(sending);
      sending.start();
    }
  }

  get isSending() {
    return [...this.sendings].some((one) => one.isSending || one.isCutOff);
  }

  hold(event) {
    if (!this.isSending) return;
    event.preventDefault();
    this.waiting = event.submitter ?? true;
    for (const one of this.sendings) if (!one.isHere) one.words.textContent = this.rows.dataset.first;
  }

  // Sends the form that waited, unless a file was refused: then a person decides.
  settle() {
    if (!this.waiting || this.isSending) return;
    const submitter = this.waiting;
    this.waiting = undefined;
    if ([...this.sendings].every((one) => one.isHere)) this.input.form.requestSubmit(submitter === true ? undefined : submitter);
  }
}

for (const input of document.querySelectorAll("input[data-resumable]")) new Field(input);
