// Who is here now. Colours help; the shape before each name tells people apart without them.

export function showPeople(pad, here) {
  const list = pad.querySelector("[data-pad-here]");
  const told = JSON.stringify(here);
  if (!list || list.dataset.told === told) return;
  list.dataset.told = told;
  list.replaceChildren(
    ...here.map((one) => {
      const entry = document.createElement("li");
      entry.dataset.mark = one.mark;
      entry.textContent = one.writes ? pad.dataset.sayWrites.replace("{name}", one.name) : one.name;
      return entry;
    }),
  );
}
