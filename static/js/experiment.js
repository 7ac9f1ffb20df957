// An experiment: keeps asking when the site does not answer for a moment, and keeps the keyboard's place.
// The server's fragments (templates/demos/experiments/) say and show the rest; htmx asks for them.

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const words = "The server cannot be reached.";

for (const root of document.querySelectorAll("[data-experiment]")) {
  const start = root.querySelector("[data-start]");
  const status = root.querySelector("[role=status]");
  let focused = null;

  root.addEventListener("htmx:sendError", async ({ target }) => {
    if (!target.matches(".run-state")) {
      status.textContent = `${words} Nothing may have been started.`;
      return;
    }
    if (!status.textContent.startsWith(words)) status.textContent = `${words} This asks again every 2 s.`;
    await pause(2000);
    target.dispatchEvent(new Event("again"));
  });

  // When the run ends, its cancel button goes; whoever stood on it stands on the start button then.
  root.addEventListener("focusin", ({ target }) => (focused = target));
  root.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (relatedTarget && target.isConnected) focused = null;
  });
  root.addEventListener("htmx:afterSettle", () => {
    if (focused && !focused.isConnected && document.activeElement === document.body) start.focus();
  });
}
