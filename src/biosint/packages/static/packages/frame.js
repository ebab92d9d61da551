// The page of the site around a package: makes the frame as high as its content, shows what has been reached,
// hands out a new ticket, offers addresses that the package may not open itself.
//
// Only the frame itself is listened to, and only while it shows the packages' origin.

const LEAST = 320;
const MOST = 12000;
const CHANGES = 60; // a page that grows whenever its frame grows must end somewhere

function attend(box) {
  const frame = box.querySelector("[data-package-frame]");
  const { origin, ticketUrl } = box.dataset;
  let changes = 0;

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
        const answer = await fetch(ticketUrl, { headers: { Accept: "application/json" } });
        if (answer.ok) ({ ticket } = await answer.json());
      } catch {
        // The line is lost; the player asks again.
      }
      frame.contentWindow?.postMessage({ biosint: "site", question, ticket }, origin);
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
