// Keeps what somebody writes until the server has it, so that a lost line or a closed page loses no words.
//
// With data-draft-over what is kept takes the place of what the form begins with.
//
// <textarea data-draft="name"> is kept in this browser. A hidden field "key" in the same form is kept with
// it: sent again after a lost answer, it is the same post and not a second one. An element with
// data-draft-done="key or name" on a later page says that it has arrived.

const place = (name) => `biosint-draft-${name}`;

const read = (name) => {
  try {
    return JSON.parse(localStorage.getItem(place(name)) ?? "null");
  } catch {
    return null; // no storage here (private window): writing works, keeping does not
  }
};

const keep = (name, draft) => {
  try {
    if (draft.text.trim()) localStorage.setItem(place(name), JSON.stringify(draft));
    else localStorage.removeItem(place(name));
  } catch {
    // A full or closed storage must not stop anybody from writing.
  }
};

const hasArrived = (mark) => [...document.querySelectorAll("[data-draft-done]")].some((done) => done.dataset.draftDone === mark);

// What has arrived is forgotten also where its form stands on another page.
const forgetArrived = () => {
  try {
    const arrived = new Set([...document.querySelectorAll("[data-draft-done]")].map((done) => done.dataset.draftDone));
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(place("")))) {
      const own = name.slice(place("").length);
      if (arrived.has(own) || arrived.has(read(own)?.key)) localStorage.removeItem(name);
    }
  } catch {
    // No storage here: nothing was kept.
  }
};

const watch = () => {
  for (const area of document.querySelectorAll("textarea[data-draft]:not([data-draft-watched])")) {
    const name = area.dataset.draft;
    const key = area.form?.elements.namedItem("key");
    area.dataset.draftWatched = "";
    const draft = read(name);
    if (draft && hasArrived(draft.key || name)) keep(name, { text: "" });
    else if (draft && (!area.defaultValue || area.dataset.draftOver !== undefined)) {
      area.value = draft.text;
      if (key && draft.key) key.value = draft.key;
    }
    area.addEventListener("input", () => keep(name, { text: area.value, key: key?.value }));
  }
  forgetArrived();
};

watch();
document.addEventListener("htmx:afterSettle", watch);
document.addEventListener("htmx:sendError", (event) => {
  for (const note of event.target.querySelectorAll("[data-draft-lost]")) note.hidden = false;
});
