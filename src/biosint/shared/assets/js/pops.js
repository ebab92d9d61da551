// Menus and questions that unfold over the page close again: by Escape, or by a press elsewhere.

const POPS = "details.pop, details.confirm";

document.addEventListener("click", (event) => {
  for (const pop of document.querySelectorAll(POPS)) {
    if (pop.open && !pop.contains(event.target)) pop.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const pop of document.querySelectorAll(POPS)) {
    if (!pop.open) continue;
    pop.open = false;
    pop.querySelector("summary").focus();
  }
});
