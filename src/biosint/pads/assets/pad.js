// A text that several people write at once: <section data-pad> with a plain text field.
// Without this script the field is a form that the server merges.
import { Doc } from "yjs";

import { Binding } from "./binding.js";
import { Line } from "./line.js";
import { watchPreview } from "./preview.js";

function open(pad) {
  const doc = new Doc();
  const field = pad.querySelector("textarea");
  const line = new Line(pad, doc);
  let binding = null;

  line.onOpened = () => {
    binding = new Binding(field, doc.getText("text"));
    field.readOnly = pad.hasAttribute("data-read-only");
  };
  // While letters are being composed (Chinese, accents of a phone) nothing may change under them.
  line.isBusy = () => binding?.composing ?? false;
  field.readOnly = true;
  pad.querySelector("[data-pad-save]")?.setAttribute("hidden", "");
  watchPreview(pad);
  line.start();
}

for (const pad of document.querySelectorAll("[data-pad]")) open(pad);
