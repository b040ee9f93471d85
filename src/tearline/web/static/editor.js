// Leads from a fault to its place in the text. Without it the place is told by its line and column.
"use strict";

document.addEventListener("click", (event) => {
  const place = event.target.closest("a[data-line]");
  const text = document.getElementById("text");
  if (!place || !text) return;
  event.preventDefault();
  const lines = text.value.split(/(\r\n|[\n\r\u0085\u2028\u2029])/);
  const line = Number(place.dataset.line) - 1;
  const before = lines.slice(0, 2 * line).join("").length;
  const said = lines[2 * line] || "";
  // Columns are counted in characters, places in a text field in units of sixteen bits.
  const start = Array.from(said).slice(0, Number(place.dataset.column) - 1).join("").length;
  const word = /^\S*/.exec(said.slice(start))[0].length || 1;
  text.focus();
  text.setSelectionRange(before + start, before + Math.min(start + word, said.length));
  const style = getComputedStyle(text);
  text.scrollTop = Math.max(0, parseFloat(style.lineHeight) * line - text.clientHeight / 3);
  const longest = Math.max(...text.value.split("\n").map((each) => each.length), 1);
  text.scrollLeft = Math.max(0, (text.scrollWidth * start) / longest - text.clientWidth / 2);
  text.scrollIntoView({ block: "nearest" });
});
