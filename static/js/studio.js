// The editor's page: the problems that the site finds are marked in the text, and the preview is drawn anew.
// Without this script the same form works by its buttons.

const textarea = document.getElementById("text");
const save = document.getElementById("save");
const status = document.getElementById("checked-status");
const preview = document.getElementById("preview");

let editor = null;
try {
  const { edit } = await import("./editor.js");
  editor = edit(textarea);
} catch {
  // The text area stays, and does all that is needed.
}

const problems = () =>
  [...document.querySelectorAll("#checked [data-line]")].map((item) => ({
    line: Number(item.dataset.line),
    column: Number(item.dataset.column),
    message: item.querySelector(".problem-says").textContent,
    warning: "warning" in item.dataset,
  }));

const say = (words) => {
  // A status that says the same again would be read aloud again, at every pause in typing.
  if (status.textContent !== words) status.textContent = words;
};

const show = () => {
  const checked = document.querySelector("#checked .checked"); // not there when the check was refused
  const hasErrors = checked?.dataset.errors !== "0";
  const isKept = checked !== null && !("unkept" in checked.dataset);
  save.disabled = hasErrors;
  editor?.mark(problems());
  return { hasErrors, isKept, words: checked?.querySelector(".checked-summary").textContent ?? "Your text was not checked." };
};

show();

// What was typed since it was last kept: the site keeps it at the next pause. Who leaves before that is asked.
let isUnkept = false;
textarea.addEventListener("input", () => (isUnkept = true));
window.addEventListener("beforeunload", (event) => isUnkept && event.preventDefault());

// A button sends all of the text, and the next page takes this one's place: a check that is still under way is older, and
// what would be typed now would be lost. Who stops the next page, or comes back to this one, goes on here.
const { form } = textarea;
form.addEventListener("submit", () => {
  isUnkept = false;
  form.inert = true;
  window.htmx?.trigger(textarea, "htmx:abort");
  setTimeout(() => {
    isUnkept = true;
    form.inert = false;
  }, 15_000);
});
textarea.addEventListener("htmx:beforeRequest", (event) => form.inert && event.preventDefault());
window.addEventListener("pageshow", () => (form.inert = false));

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.requestConfig?.elt !== textarea) return;
  const { hasErrors, isKept, words } = show();
  isUnkept = !isKept;
  say(words);
  // With errors in the text, the preview goes on showing what was last in order. Reloading it keeps its place.
  if (isKept && !hasErrors) preview.contentWindow.location.reload();
});

for (const failed of ["htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(failed, () => {
    say("Your text could not be checked just now, nor kept as a draft. It stays in this page; type on, or try Save.");
  });
}

document.addEventListener("click", (event) => {
  const item = event.target instanceof Element && event.target.closest("#checked [data-line] a");
  if (!item || !editor) return;
  event.preventDefault();
  const { line, column } = item.closest("[data-line]").dataset;
  editor.goTo(Number(line), Number(column));
});
