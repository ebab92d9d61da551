// Browsers that give a frame of another site no storage throw when a script only looks at it, and H5P looks at it.
// Such a frame gets one that lasts as long as its page; what must last is kept by the page of the site.
(() => {
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      if (window[name]) continue;
    } catch {
      // Refused: replaced below.
    }
    const kept = new Map();
    const storage = {
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, value) => void kept.set(String(key), String(value)),
      removeItem: (key) => void kept.delete(String(key)),
      clear: () => kept.clear(),
      key: (index) => [...kept.keys()][index] ?? null,
      get length() {
        return kept.size;
      },
    };
    Object.defineProperty(window, name, { value: storage, configurable: true });
  }
})();
