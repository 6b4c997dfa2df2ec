"use strict";
// Two small courtesies when htmx replaces a part of the page.

// What a reader has opened stays open.
let opened = [];
document.addEventListener("htmx:beforeSwap", () => {
  opened = Array.from(document.querySelectorAll("details[id][open]"), (details) => details.id);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  announce();
});

// Screen readers hear a new phase and the verdict, not every percent.
function announce() {
  const said = document.getElementById("announcer");
  const now = document.querySelector("[data-announce]")?.dataset.announce;
  if (said && now && said.textContent !== now) said.textContent = now;
}
