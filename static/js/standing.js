// Where the reader is, on pages that are the same for everyone: kept true after Back, and quiet while the site cannot say.

const places = () => document.querySelectorAll("[data-standing]");

// A page that the browser kept whole comes back as it was left; meanwhile something may have been answered elsewhere.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const place of places()) window.htmx.trigger(place, "back");
});

// What everyone is told stays where the reader's own cannot be had.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, requestConfig } = event.detail;
  if (target instanceof Element && target.matches("[data-standing]") && xhr.status >= 400 && requestConfig.verb === "get") {
    event.detail.shouldSwap = false;
  }
});

const saidOf = (sender) => sender.closest("#my-mark") && document.getElementById("my-mark-said");

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail: { elt } }) => {
    const said = saidOf(elt);
    if (said && elt.matches("form")) said.textContent = "The mark could not be sent. Check your connection, then try again.";
  });
}

document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  if (navigator.cookieEnabled || target.id !== "my-mark-said") return;
  target.append(" Your browser keeps no cookies for this site, so this is gone when you leave.");
});
