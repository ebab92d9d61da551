// Gives each number of dots a minus and a plus, and counts what is left of a side. Without script one types numbers.

const form = document.querySelector("form[data-dots]");

if (form) {
  const dots = Number(form.dataset.dots);
  const most = Number(form.dataset.most);

  const value = (input) => Math.max(0, Number.parseInt(input.value, 10) || 0);

  for (const side of form.querySelectorAll(".dot-side")) {
    const inputs = [...side.querySelectorAll("input[type=number]")];
    const left = side.querySelector(".dot-left");
    const buttons = [];

    const count = () => {
      const rest = dots - inputs.reduce((sum, input) => sum + value(input), 0);
      left.textContent = left.dataset.words.replace("0", String(rest));
      left.toggleAttribute("data-over", rest < 0);
      for (const { less, more, input } of buttons) {
        less.disabled = value(input) === 0;
        more.disabled = rest <= 0 || value(input) >= most;
      }
    };

    for (const input of inputs) {
      const step = (sign, by, words) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button";
        button.dataset.tone = "quiet";
        button.textContent = sign;
        button.setAttribute("aria-label", `${words}: ${input.labels[0].textContent.trim()}`);
        button.addEventListener("click", () => {
          input.value = String(value(input) + by);
          count();
        });
        return button;
      };
      const less = step("−", -1, form.dataset.less);
      const more = step("+", 1, form.dataset.more);
      input.before(less);
      input.after(more);
      input.addEventListener("input", count);
      buttons.push({ less, more, input });
    }
    count();
  }
}
