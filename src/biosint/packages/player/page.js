// The player's page: its words, its height, and what it says to the page of the site around it.

import { Line } from "./line.js";

export const settings = document.body.dataset;
const status = document.getElementById("status");
const inFrame = window.parent !== window;
const PATIENCE = 15_000; // ms for an answer of the site's page, which may have to ask the server
const STEP = 24; // px: a smaller difference is not worth moving the page

function tellSite(kind, more = {}) {
  if (inFrame) window.parent.postMessage({ biosint: "packages", kind, ...more }, settings.site);
}

// Answers of the site come back by the number of the question. Others who send messages here are not listened to.
const questions = new Map();
addEventListener("message", (event) => {
  if (event.source !== window.parent || event.origin !== settings.site || event.data?.biosint !== "site") return;
  questions.get(event.data.question)?.(event.data);
  questions.delete(event.data.question);
});

let asked = 0;
function askSite(kind) {
  return new Promise((resolve) => {
    const question = (asked += 1);
    // The page around may not listen yet: both load at once.
    const again = setInterval(() => tellSite(kind, { question }), 700);
    const end = (answer) => {
      clearInterval(again);
      clearTimeout(late);
      resolve(answer);
    };
    const late = setTimeout(() => end(null), inFrame ? PATIENCE : 0);
    questions.set(question, end);
    tellSite(kind, { question });
  });
}

// The page of the site keeps what has not arrived.
const store = {
  read: async () => (await askSite("kept"))?.content ?? null,
  write: (content) => tellSite("keep", { content }),
};

export const line = new Line({
  address: location.pathname,
  store,
  tell(word) {
    status.textContent = word ? settings[`words${word[0].toUpperCase()}${word.slice(1)}`] : "";
    status.dataset.tone = word;
    tellSite("saved", { word });
  },
  standing: (standing) => tellSite("standing", standing),
  async renew() {
    const answer = await askSite("ticket");
    const path = answer?.ticket && new URL(answer.ticket, location.href);
    return path && path.origin === location.origin ? path.pathname : null;
  },
});

export const broken = () => {
  status.textContent = settings.wordsBroken;
  status.dataset.tone = "lost";
};

// As high as its content: on a phone nobody scrolls inside a scrolling page.
let told = 0;
export function tellHeight(inner = 0) {
  const around = document.body.scrollHeight - (document.getElementById("stage")?.clientHeight ?? 0);
  const height = Math.ceil(inner ? inner + around : document.body.scrollHeight);
  if (Math.abs(height - told) < STEP) return;
  told = height;
  tellSite("height", { height });
}

// Nothing opens windows or leaves the frame from in here: the page of the site offers the address instead.
export function offerLinks(inner) {
  inner?.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link || !/^https?:$/.test(link.protocol) || link.origin === location.origin) return;
      event.preventDefault();
      event.stopPropagation();
      tellSite("link", { address: link.href });
    },
    true,
  );
}
