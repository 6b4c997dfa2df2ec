"use strict";
// A few small courtesies when htmx replaces a part of the page. Everything works without them.

const state = () => document.querySelector("[data-announce]")?.dataset.announce;
let opened = [];
let announced = state();

document.addEventListener("htmx:beforeSwap", () => {
  opened = Array.from(document.querySelectorAll("details[id][open]"), (details) => details.id);
});

document.addEventListener("htmx:afterSwap", () => {
  // What a reader has opened stays open.
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  // Screen readers hear a new phase and the verdict, not every percent.
  if (state() && state() !== announced) {
    announced = state();
    document.getElementById("announcer").textContent = announced;
  }
  const said = document.querySelector("[data-said]");
  if (said) {
    said.removeAttribute("data-said");
    document.getElementById("announcer").textContent = said.textContent.trim();
  }
  showTab();
});

// On a phone the row of tabs is wider than the page: the chosen one is in view.
function showTab() {
  const tab = document.querySelector(".tabs [aria-current]");
  if (tab) tab.closest(".tabs").scrollLeft = tab.offsetLeft - 16;
}
showTab();
