// Marking without the mouse: Ctrl+Enter saves and goes on, N and P lead to the next and the previous work, phrases go
// where the cursor is in the comment. Without this script buttons and links do the same.

const form = document.querySelector("[data-marking]");

if (form) {
  const comment = form.querySelector("textarea[name=comment]");
  let isChanged = false;
  form.addEventListener("input", () => { isChanged = true; });
  form.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });

  for (const button of form.querySelectorAll("[data-phrase]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const start = comment.selectionStart ?? comment.value.length;
      const gap = start > 0 && !/\s$/.test(comment.value.slice(0, start)) ? " " : "";
      comment.setRangeText(gap + button.dataset.phrase, start, comment.selectionEnd ?? start, "end");
      comment.dispatchEvent(new Event("input", { bubbles: true }));
      comment.focus();
    });
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[name=then][value=on]:not([hidden])"));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio]), textarea, select")) return;
    const address = { n: form.dataset.next, p: form.dataset.previous }[event.key.toLowerCase()];
    if (address) location.assign(address);
  });
}
