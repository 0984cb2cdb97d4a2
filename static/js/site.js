/* Small comforts. Every page works without this file. */

/** Closes filter panels on narrow screens, unless a filter is set: the list comes first there. */
function closeFiltersOnPhones(root = document) {
  if (!window.matchMedia("(max-width: 48rem)").matches) return;
  for (const panel of root.querySelectorAll("details[data-close-on-phone]:not([data-active])")) panel.open = false;
}

/** Moves the focus to the summary of a form's errors, so that a screen reader starts there. */
function focusErrors() {
  document.querySelector(".error-summary")?.focus();
}

/** Makes `data-print` buttons print; without JavaScript they stay hidden. */
function showPrintButtons() {
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

closeFiltersOnPhones();
focusErrors();
showPrintButtons();
