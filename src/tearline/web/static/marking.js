// Takes the words selected in the report into the field for a further claim. Without it they are typed or pasted.
"use strict";

const take = document.getElementById("take");
if (take) {
  const report = document.getElementById("report");
  // In a field that is read only, some browsers give the keyboard no caret to select with; this one takes no input.
  report.readOnly = false;
  report.setAttribute("aria-readonly", "true");
  report.addEventListener("beforeinput", (event) => event.preventDefault());
  take.hidden = false;
  take.addEventListener("click", () => {
    const words = document.getElementById("words");
    words.value = report.value.slice(report.selectionStart, report.selectionEnd).trim().replace(/\s+/g, " ");
    words.focus();
  });
}
