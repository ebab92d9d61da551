// Brings new messages of the team's talk: every four seconds while the page is seen, more seldom when nothing comes,
// never in a hidden tab. An answer with nothing new is empty. Without this script the page shows them when opened again.

const FAST = 4000;
const SLOWEST = 20_000;
const title = document.title;
let pause = FAST;
let timer = null;
let unseen = 0;

const place = () => document.querySelector("#discussion");
const last = (talk) => Math.max(Number(talk.querySelector("[data-posts]").dataset.last), ...[...talk.querySelectorAll("[data-post]")].map((post) => Number(post.dataset.post)));

function plan() {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(ask, pause);
}

function add(talk, html) {
  const list = talk.querySelector("[data-posts]");
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const posts = [...fresh.content.querySelectorAll("[data-post]")].filter((post) => !document.getElementById(post.id));
  if (!posts.length) return;
  if (!list.querySelector("[data-post]")) list.replaceChildren();
  const atEnd = window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 300;
  list.append(...posts);
  if (atEnd) posts.at(-1).scrollIntoView({ block: "nearest" });
  unseen += posts.filter((post) => !post.hasAttribute("data-own")).length;
  if (document.hidden || !document.hasFocus()) document.title = `(${unseen}) ${title}`;
  const said = talk.querySelector("[data-news-said]");
  said.textContent = said.dataset.say;
}

async function ask() {
  const talk = place();
  if (!talk) return;
  try {
    const response = await fetch(`${talk.dataset.news}?after=${last(talk)}`, { signal: AbortSignal.timeout(15_000) });
    if (response.redirected || response.status === 404) return;
    const isNews = response.status === 200;
    if (isNews) add(place(), await response.text());
    pause = isNews ? FAST : Math.min(SLOWEST, pause * 1.25);
  } catch {
    pause = SLOWEST;
  }
  plan();
}

function seen() {
  unseen = 0;
  document.title = title;
}

if (place()) {
  document.addEventListener("visibilitychange", () => {
    pause = FAST;
    if (!document.hidden) ask();
  });
  window.addEventListener("focus", seen);
  document.addEventListener("input", () => (pause = FAST));
  document.addEventListener("htmx:afterSettle", () => {
    pause = FAST;
    plan();
  });
  // The newest words stand at the end: one looks at the first unread, else at the end.
  const first = document.querySelector(".talk-new") ?? document.querySelector("[data-post]:last-of-type");
  if (!location.hash && first && document.querySelectorAll("[data-post]").length > 4) first.scrollIntoView({ block: "center" });
  plan();
}
