// Carries the person on to the tool; without scripts the button does.
document.querySelector("form[data-go]")?.submit();
