import { keepsCookies } from "./cookies.js";

// Says so when an answer could not be sent, of which the browser says nothing. What was ticked stays ticked.
const KNOWN = new Set([200, 409, 422]);
const SAID = ".quiz-message > *, :scope > .problem";
const SENDERS = "form, fieldset"; // a prediction is sent by its fieldset, as soon as it is ticked

function say(sender, words) {
  const place = sender.closest("fieldset, .answer, .reason, .predictions, .quiz");
  const message = place?.querySelector(".kept, .reason-message, .predictions-message, .quiz-message");
  if (!message) return;
  const line = document.createElement("p");
  line.className = "message";
  line.tabIndex = -1;
  line.textContent = words;
  message.replaceChildren(line);
  if (sender.matches("form")) line.focus();
}

// Nothing has to be said before the reader did something: what the page came with is still there.
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail: { elt } }) => {
    if (elt.matches(SENDERS)) say(elt, "The answer could not be sent. Check your connection, then send it again.");
  });
}

// A tick sends itself. What the site then draws has it, but for one that came while that was under way; or was deleted.
let ticked = [];
let hasState = false; // whether the form has come from the site once
const sinceAsked = new Set();

document.addEventListener("change", ({ target, isTrusted }) => {
  if (isTrusted && target.matches(".prediction :checked")) sinceAsked.add(target.id);
});

const tickedMeanwhile = (form) =>
  [...form.querySelectorAll(".prediction :checked")]
    .filter(({ id, defaultChecked }) => (hasState ? sinceAsked.has(id) : !defaultChecked))
    .map(({ id }) => id);

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, requestConfig } = event.detail;
  if (!(target instanceof Element) || !target.closest(".quiz, .predictions, .reason")) return;
  if (KNOWN.has(xhr.status)) {
    ticked = requestConfig.verb === "get" ? tickedMeanwhile(target) : [];
    hasState ||= target.matches(".predictions");
    // An answer that counts brings what it changed. What was said of one before goes.
    if (target.matches(".quiz .question")) for (const said of target.closest(".quiz").querySelectorAll(SAID)) said.remove();
    return;
  }
  event.detail.shouldSwap = false;
  if (requestConfig.elt.matches(SENDERS)) {
    const words =
      xhr.status === 404
        ? "This is no longer part of the course, so your answer was not counted. What you answered before is kept."
        : `The answer was not taken: the site answered with ${xhr.status}. Try again in a moment.`;
    say(requestConfig.elt, words);
  }
});

// What was ticked before the reader's own state arrived stays ticked, and is sent.
document.addEventListener("htmx:afterSettle", () => {
  for (const id of ticked.splice(0)) {
    const choice = document.getElementById(id);
    if (choice && !choice.checked && !choice.matches(":disabled")) choice.click();
  }
});

// Where no cookie is kept, the site hears of it at once: it keeps nothing then, and says so.
document.addEventListener("htmx:configRequest", ({ detail: { elt, verb, parameters } }) => {
  if (verb === "post" && elt.closest(".quiz, .predictions, .reason") && !keepsCookies()) parameters.cookies = "none";
});

// Once outcomes are drawn with the reader's own run, the form must know that its time is over. Of every swap htmx tells the
// body too, and the outcomes are always somewhere in there.
document.addEventListener("htmx:oobAfterSwap", ({ target }) => {
  if (!(target instanceof Element) || target === document.body || !target.querySelector(".came-out")) return;
  askAgain();
});

// While the form is asking already, htmx would let it ask again only after the answer, which replaces it: so never.
let hasRunMeanwhile = false;

function askAgain() {
  const open = document.querySelector('.predictions[hx-trigger="run"]');
  hasRunMeanwhile = Boolean(open?.matches(".htmx-request"));
  if (!open || hasRunMeanwhile) return;
  sinceAsked.clear();
  window.htmx.trigger(open, "run");
}

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (hasRunMeanwhile && target.matches(".predictions")) askAgain();
});

// What was said of an answer is seen from its beginning. Steps get the module that moves them; their form works without.
document.addEventListener("htmx:load", () => {
  const said = document.activeElement.closest(".feedback");
  if (said?.getBoundingClientRect().top < 0) said.scrollIntoView();
  if (document.querySelector("ordered-steps:not(:defined)")) import("./order.js").catch(unlessOffline);
});

function unlessOffline(error) {
  if (!(error instanceof TypeError)) throw error;
}
