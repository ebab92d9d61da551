// Marking by a rubric with the keyboard: a digit chooses that level of the criterion that is being looked at (the
// first open one at the beginning) and goes on to the next. Fields in which one types keep their digits.
//
// Without this script the levels are radio buttons that Tab and the arrow keys reach.

const criteriaOf = (rubric) => [...rubric.querySelectorAll("fieldset")];

const isTyping = (element) => element?.matches("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=hidden])") ?? false;

const lookedAt = (rubric) => {
  const criteria = criteriaOf(rubric);
  return criteria.find((one) => one.contains(document.activeElement)) ?? criteria.find((one) => !one.querySelector(":checked")) ?? null;
};

const rubrics = [...document.querySelectorAll("[data-rubric]")];

if (rubrics.length > 0) {
  document.body.dataset.keys = "";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key) || isTyping(document.activeElement)) return;
    const rubric = rubrics.find((one) => one.contains(document.activeElement)) ?? rubrics[0];
    const criterion = lookedAt(rubric);
    const level = criterion?.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (!level) return;
    event.preventDefault();
    level.checked = true;
    level.dispatchEvent(new Event("change", { bubbles: true }));
    const criteria = criteriaOf(rubric);
    (criteria[criteria.indexOf(criterion) + 1] ?? level).focus();
  });
}
