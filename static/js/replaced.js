// An answer whose element has left the page meanwhile has no place any more: a later answer has replaced it. htmx would
// look for its out-of-band places all the same, and complain that there are none.
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  const drop = (event) => target.isConnected || event.preventDefault();
  target.addEventListener("htmx:beforeOnLoad", drop, { once: true });
});
