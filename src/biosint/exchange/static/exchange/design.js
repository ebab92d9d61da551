// Moving activities of a plan without leaving the page: by arrow, or with a pointer. The server decides and answers
// with the plan as it then is, a colleague's newer state included; this script only puts it in place.

const plan = () => document.querySelector("[data-plan]");

async function send(words, focus) {
  const form = document.getElementById("plan-moves");
  const body = new FormData(form);
  for (const [name, value] of Object.entries(words)) body.set(name, value);
  plan().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-plan]");
    if (!answer.ok || !fresh) throw new Error(`${answer.status}`);
    const there = window.scrollY;
    plan().replaceWith(document.adoptNode(fresh));
    plan().setAttribute("data-drags", "");
    document.querySelectorAll("#content > .notice").forEach((old) => old.remove());
    const said = [...page.querySelectorAll("#content > .notice")].map((one) => document.adoptNode(one));
    document.getElementById("content").prepend(...said);
    const newer = page.getElementById("newer");
    const shown = document.getElementById("newer");
    if (newer && shown) {
      shown.setAttribute("hx-get", newer.getAttribute("hx-get"));
      shown.replaceChildren();
      window.htmx?.process(shown);
    }
    window.scrollTo(0, there);
    if (said.length) said[0].scrollIntoView({ block: "nearest" });
    document.getElementById(focus)?.focus({ preventScroll: true });
  } catch {
    // No line, or the sign-in has ended: the page itself says so.
    location.reload();
  }
}

document.addEventListener("submit", (event) => {
  if (event.target.id !== "plan-moves" || !event.submitter) return;
  event.preventDefault();
  send({ [event.submitter.name]: event.submitter.value }, event.submitter.id);
});

// --- dragging -----------------------------------------------------------------------------------------------

const EDGE = 70; // pixels from the upper and the lower end of the window in which the page scrolls along
let held = null;

function landing(x, y) {
  const under = document.elementFromPoint(x, y);
  const week = under?.closest("[data-week]");
  if (!week) return null;
  const row = under.closest("[data-activity]");
  return row && row !== held.row ? row : week;
}

function mark(place) {
  if (held.place === place) return;
  held.place?.removeAttribute("data-lands");
  place?.setAttribute("data-lands", "");
  held.place = place;
}

function follow() {
  if (!held) return;
  held.copy.style.transform = `translate(${held.x + 12}px, ${held.y + 12}px)`;
  if (held.y < EDGE) window.scrollBy(0, -12);
  else if (held.y > window.innerHeight - EDGE) window.scrollBy(0, 12);
  mark(landing(held.x, held.y));
  held.frame = requestAnimationFrame(follow);
}

function letGo() {
  if (!held) return;
  cancelAnimationFrame(held.frame);
  held.copy.remove();
  held.row.classList.remove("plan-held");
  held.place?.removeAttribute("data-lands");
  held = null;
}

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-plan] [data-grip]");
  if (!grip || event.button !== 0 || held) return;
  event.preventDefault();
  const row = grip.closest("[data-activity]");
  const copy = document.createElement("div");
  copy.className = "plan-copy";
  copy.textContent = row.querySelector(".plan-title").textContent;
  document.body.append(copy);
  row.classList.add("plan-held");
  held = { row, copy, place: null, x: event.clientX, y: event.clientY, pointer: event.pointerId };
  follow();
});
window.addEventListener("pointermove", (event) => {
  if (held?.pointer !== event.pointerId) return;
  held.x = event.clientX;
  held.y = event.clientY;
});
window.addEventListener("pointerup", (event) => {
  if (held?.pointer !== event.pointerId) return;
  const { activity, version } = held.row.dataset;
  const place = landing(event.clientX, event.clientY);
  letGo();
  if (!place) return;
  const week = place.closest("[data-week]").dataset.week;
  send({ activity, version, week, before: place.dataset.activity ?? 0 }, `up${activity}`);
});
window.addEventListener("pointercancel", letGo);
window.addEventListener("keydown", (event) => event.key === "Escape" && letGo());

// Only now are handles worth showing.
plan()?.setAttribute("data-drags", "");
document.querySelector(".drag-hint")?.removeAttribute("hidden");
