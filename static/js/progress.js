import { keepsCookies } from "./cookies.js";

// Where the reader is, on pages that are the same for everyone: true after Back, and quiet while the site cannot say.

// The browser may have kept the page whole, while something was answered elsewhere.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) document.querySelectorAll("[data-progress]").forEach((place) => window.htmx.trigger(place, "back"));
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status >= 400 && detail.target.matches?.("[data-progress]")) detail.shouldSwap = false;
});

document.addEventListener("htmx:sendError", ({ detail: { elt } }) => {
  const said = elt.matches("#my-mark form") && document.getElementById("my-mark-said");
  if (said) said.textContent = "The mark could not be sent. Check your connection, then try again.";
});

document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  if (target?.id !== "my-mark-said" || keepsCookies()) return; // not every swap has a target
  target.append(" Your browser keeps no cookies for this site, so this is gone when you leave.");
});

// A page with cards is read when each of them was turned, and not when somebody scrolls past them.
function tellWhenTurned() {
  const cards = [...document.querySelectorAll("[data-turn]")];
  const watch = document.querySelector('#my-mark [hx-trigger^="turned"]');
  if (watch && cards.length && cards.every((card) => card.dataset.turn)) window.htmx.trigger(watch, "turned");
}

// This event does not bubble, so it is met on its way down.
document.addEventListener("toggle", ({ target }) => {
  if (!target.open || target.dataset.turn !== "") return;
  target.dataset.turn = "turned";
  tellWhenTurned();
}, true);

document.addEventListener("htmx:load", tellWhenTurned);

// The answer to a press may come before the second press of a double click. That one would meet the opposite button and
// take the mark back, or take the focus from what is said: so it is none.
let onMark;

function passOverTheSecond(event) {
  if (event.detail > 1 && onMark) event.preventDefault();
  else if (event.detail < 2 && event.type === "mousedown") onMark = event.target.closest("#my-mark button");
}

addEventListener("mousedown", passOverTheSecond, true);
addEventListener("click", passOverTheSecond, true);
