// A dialog stands inside <details>, so it unfolds in place without script. Here it becomes a window.

for (const holder of document.querySelectorAll("details[data-dialog]")) {
  const dialog = holder.querySelector("dialog");
  const opener = holder.querySelector("summary");
  // A form that came back with errors keeps its window open.
  const wrong = dialog.querySelector("[data-wrong], [data-error-summary]");
  dialog.removeAttribute("open");

  const show = () => {
    holder.open = true;
    dialog.showModal();
  };
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    show();
  });
  dialog.addEventListener("close", () => {
    holder.open = false;
    opener.focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  if (wrong) show();
}
