// The page of the site around a package: makes the frame as high as its content, shows what has been reached,
// hands out a new ticket, keeps what could not be sent, offers addresses that the package may not open itself.
//
// Only the frame itself is listened to, and only while it shows the packages' origin.

const LEAST = 320;
const MOST = 12000;
const KEPT = 600_000; // signs: no package fills the storage of the site
const CHANGES = 60; // a page that grows whenever its frame grows must end somewhere

function attend(box) {
  const frame = box.querySelector("[data-package-frame]");
  const { origin, ticketUrl, keptAs } = box.dataset;
  let changes = 0;

  const answer = (question, more) => frame.contentWindow?.postMessage({ biosint: "site", question, ...more }, origin);

  const deeds = {
    height({ height }) {
      changes += 1;
      if (changes > CHANGES || !Number.isFinite(height)) return;
      frame.height = String(Math.round(Math.min(Math.max(height, LEAST), MOST)));
    },
    standing({ done, points, passed }) {
      const place = document.querySelector("[data-package-standing]");
      if (!place) return;
      const { words } = place.dataset;
      const said = JSON.parse(words);
      const parts = [done === true ? said.done : said.begun];
      if (typeof points === "number") parts.push(said.points.replace("%s", String(Math.round(points * 100) / 100)));
      if (done === true && passed === true) parts.push(said.passed);
      if (done === true && passed === false) parts.push(said.failed);
      place.textContent = parts.join(" · ");
    },
    async ticket({ question }) {
      let ticket = null;
      try {
        const given = await fetch(ticketUrl, { headers: { Accept: "application/json" } });
        if (given.ok) ({ ticket } = await given.json());
      } catch {
        // The line is lost; the player asks again.
      }
      answer(question, { ticket });
    },
    kept({ question }) {
      let content = null;
      try {
        content = localStorage.getItem(keptAs);
      } catch {
        // No storage here (a private window).
      }
      answer(question, { content });
    },
    keep({ content }) {
      try {
        if (typeof content === "string" && content && content.length < KEPT) localStorage.setItem(keptAs, content);
        else localStorage.removeItem(keptAs);
      } catch {
        // A full or closed storage must not stop anybody from working.
      }
    },
    link({ address }) {
      let url;
      try {
        url = new URL(address);
      } catch {
        return;
      }
      if (!["http:", "https:"].includes(url.protocol)) return;
      const place = box.querySelector("[data-package-link]");
      const link = place.querySelector("a");
      link.href = url.href;
      link.textContent = url.host + (url.pathname.length > 1 ? ` ${url.pathname.slice(0, 60)}` : "");
      place.hidden = false;
      link.focus();
    },
  };

  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    if (event.data?.biosint === "packages" && Object.hasOwn(deeds, event.data.kind)) deeds[event.data.kind](event.data);
  });
}

document.querySelectorAll("[data-package]").forEach(attend);
