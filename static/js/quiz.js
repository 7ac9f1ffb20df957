// Says so when an answer could not be sent, in place of the silence that the browser keeps. What was ticked stays ticked.
const KNOWN = new Set([200, 409, 422]);

function say(quiz, words) {
  const message = quiz?.querySelector(".quiz-message");
  if (!message) return;
  const line = document.createElement("p");
  line.tabIndex = -1;
  line.textContent = words;
  message.replaceChildren(line);
  line.focus();
}

function quizOf(event) {
  return event.target instanceof Element ? event.target.closest(".quiz") : null;
}

// Nothing has to be said before the reader did something: the link to the quiz's own page is still there.
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    if (event.detail.elt.matches("form")) {
      say(quizOf(event), "The answer could not be sent. Check your connection, then send it again.");
    }
  });
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const quiz = quizOf(event);
  if (!quiz || KNOWN.has(event.detail.xhr.status)) return;
  event.detail.shouldSwap = false;
  if (event.detail.requestConfig.elt.matches("form")) {
    say(quiz, `The answer was not taken: the site answered with ${event.detail.xhr.status}. Try again in a moment.`);
  }
});
