"use strict";
// A few small courtesies when htmx replaces a part of the page. Everything works without them.

// What each live part of the page says just now; parts are known by their ids.
const states = () => new Map(Array.from(document.querySelectorAll("[data-announce]"), (part) => [part.id, part.dataset.announce]));
let opened = [];
let announced = states();

document.addEventListener("htmx:beforeSwap", () => {
  opened = Array.from(document.querySelectorAll("details[id][open]"), (details) => details.id);
});

document.addEventListener("htmx:afterSwap", () => {
  // What a reader has opened stays open.
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  // Screen readers hear a new phase, a verdict, what became of a meeting; not every percent.
  const now = states();
  const news = Array.from(now).filter(([part, text]) => text && text !== announced.get(part));
  if (news.length) document.getElementById("announcer").textContent = news.map(([, text]) => text).join(" ");
  announced = new Map([...announced, ...now]);
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
