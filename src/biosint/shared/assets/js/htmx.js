// htmx is three quarters of all our script, and most pages never ask for a part of a page:
// it is fetched only where an element wants it, or when the search opens.

const WISHES = ["get", "post", "put", "patch", "delete", "boost"].map((word) => `[hx-${word}]`).join(",");
let loading = null;

function loaded() {
  return new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.htmx;
    script.addEventListener("load", () => resolve(window.htmx));
    document.head.append(script);
  });
}

// htmx reads the page by itself when it comes after everything else has loaded.
function settled() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
}

export function wantHtmx() {
  loading ??= settled().then(loaded);
  return loading;
}

if ([...document.querySelectorAll(WISHES)].some((element) => !element.closest("#palette"))) wantHtmx();
