// Ctrl+K opens the search over the page; the search page itself is the way without script.

import { wantHtmx } from "./htmx.js";

const palette = document.getElementById("palette");

if (palette) {
  const input = palette.querySelector("input[type=search]");
  const found = palette.querySelector("#palette-found");

  const open = (event) => {
    event.preventDefault();
    wantHtmx();
    if (!palette.open) palette.showModal();
    input.select();
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") open(event);
  });
  for (const link of document.querySelectorAll("[data-palette]")) link.addEventListener("click", open);

  palette.addEventListener("click", (event) => {
    if (event.target === palette) palette.close();
  });
  palette.addEventListener("keydown", (event) => {
    // A search field would only empty itself.
    if (event.key === "Escape") palette.close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [input, ...found.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
}
