// Moves people between teams with a pointer: a mouse, a pen, a finger. Nothing is done by dropping: the server
// is asked what would follow, and its answer is shown in a window with two buttons. Without this script the same
// answer is a page of its own, and “Move…” leads there; with it, “Move…” opens the window, too.

const desk = document.querySelector("[data-desk]");
const dialog = document.getElementById("move-window");
let opener = null;

// --- the window ---------------------------------------------------------------------------------------------

const addressOf = (words) => {
  const address = new URL(desk.dataset.move, location.href);
  for (const [name, value] of Object.entries({ ...words, words: desk.dataset.words, part: "1" })) address.searchParams.set(name, value);
  return address;
};

async function show(words) {
  const answer = await fetch(addressOf(words), { headers: { "x-requested-with": "fetch" } });
  if (!answer.ok) {
    // Somebody has left meanwhile, or the sign-in has ended: the page itself says so.
    location.reload();
    return;
  }
  const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-part]");
  dialog.querySelector("[data-part]").replaceWith(document.adoptNode(part));
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("form button, select")?.focus();
}

const wordsOf = (address) => Object.fromEntries(new URL(address, location.href).searchParams);

dialog?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (event.target === dialog || link?.matches("[data-close]")) {
    event.preventDefault();
    dialog.close();
  } else if (link?.matches("[data-part-link]")) {
    event.preventDefault();
    show(wordsOf(link.href));
  }
});
dialog?.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-part-form]")) return;
  event.preventDefault();
  show(Object.fromEntries(new FormData(event.target)));
});
dialog?.addEventListener("close", () => opener?.focus());

desk?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-move-link]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  opener = link;
  show(wordsOf(link.href));
});

// --- dragging -----------------------------------------------------------------------------------------------

const EDGE = 70; // pixels from the upper and the lower end of the window in which the page scrolls along
let held = null;

function landing(x, y) {
  const under = document.elementFromPoint(x, y);
  const person = under?.closest("[data-person]");
  const team = under?.closest("[data-team]");
  if (!team || team === held.team) return null;
  return person ?? team;
}

function mark(place) {
  if (held.place === place) return;
  held.place?.removeAttribute("data-lands");
  place?.setAttribute("data-lands", "");
  held.place = place;
}

function follow() {
  if (!held) return;
  const { x, y } = held;
  held.copy.style.transform = `translate(${x + 12}px, ${y + 12}px)`;
  if (y < EDGE) window.scrollBy(0, -12);
  else if (y > window.innerHeight - EDGE) window.scrollBy(0, 12);
  mark(landing(x, y));
  held.frame = requestAnimationFrame(follow);
}

function letGo() {
  if (!held) return;
  cancelAnimationFrame(held.frame);
  held.copy.remove();
  held.person.removeAttribute("data-held-now");
  held.place?.removeAttribute("data-lands");
  held = null;
}

desk?.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip || event.button !== 0 || held) return;
  event.preventDefault();
  const person = grip.closest("[data-person]");
  const copy = document.createElement("div");
  copy.className = "dragged";
  copy.textContent = person.querySelector(".member-name").textContent;
  document.body.append(copy);
  person.setAttribute("data-held-now", "");
  held = { person, team: person.closest("[data-team]"), copy, place: null, x: event.clientX, y: event.clientY, pointer: event.pointerId };
  follow();
});
window.addEventListener("pointermove", (event) => {
  if (held?.pointer !== event.pointerId) return;
  held.x = event.clientX;
  held.y = event.clientY;
});
window.addEventListener("pointerup", (event) => {
  if (held?.pointer !== event.pointerId) return;
  const { person } = held;
  const place = landing(event.clientX, event.clientY);
  opener = person.querySelector("[data-move-link]");
  letGo();
  if (!place) return;
  const where = place.dataset.person ? { with: place.dataset.person } : { to: place.dataset.team };
  show({ who: person.dataset.person, ...where });
});
window.addEventListener("pointercancel", letGo);
window.addEventListener("keydown", (event) => event.key === "Escape" && letGo());

// Only now are handles worth showing.
if (desk?.querySelector("[data-grip]")) desk.closest("section").setAttribute("data-drags", "");
