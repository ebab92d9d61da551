// Small comforts. Every page works without them.
import "./dialogs.js";
import "./htmx.js";
import "./palette.js";
import "./pops.js";
import "./reading.js";

// Times are shown in the reader's zone; the server learns it from this cookie.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`biosint_zone=${zone}`)) {
  document.cookie = `biosint_zone=${zone}; path=/; max-age=31536000; samesite=lax`;
}

// After a refused form, the summary of errors is where reading goes on.
document.querySelector("[data-error-summary]")?.focus();

for (const area of document.querySelectorAll(".drop")) {
  const name = area.querySelector("p");
  const input = area.querySelector("input[type=file]");
  for (const kind of ["dragenter", "dragover"]) area.addEventListener(kind, () => area.setAttribute("data-over", ""));
  for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.removeAttribute("data-over"));
  input.addEventListener("change", () => {
    if (input.files.length) name.textContent = [...input.files].map((file) => file.name).join(", ");
  });
}
