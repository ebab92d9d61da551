// The formatted text beside the field, made by the server.

export function watchPreview(pad) {
  const button = pad.querySelector("[data-pad-preview-button]");
  const shown = pad.querySelector("[data-pad-preview]");
  if (!button || !shown) return;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-expanded") === "true") {
      button.setAttribute("aria-expanded", "false");
      shown.hidden = true;
      return;
    }
    const form = new FormData(button.form);
    const response = await fetch(button.formAction, { method: "POST", body: form, headers: { "hx-request": "true" } });
    if (!response.ok || response.redirected) return;
    shown.innerHTML = await response.text();
    shown.hidden = false;
    button.setAttribute("aria-expanded", "true");
  });
}
