// Loads the modules that only some readers need, when they do: with a folded part when it is opened, otherwise when its
// part comes into view, or after the first click or key (whose timing browsers keep for observers that come late).

// Written out, because the names of static files are rewritten to carry a hash.
const modules = { ways: () => import("./ways.js"), visit: () => import("./visit.js") };
const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

function unlessOffline(error) {
  if (!(error instanceof TypeError)) throw error; // what a module that does not arrive is rejected with
}

for (const part of document.querySelectorAll("[data-module]")) {
  const load = () => modules[part.dataset.module]().catch(unlessOffline);
  if (part.matches("details")) {
    // No element has this name, so the browser scrolls nowhere before the part is open. Only when that is drawn, out of
    // view, the page goes there: so nothing that is seen jumps.
    if (location.hash === `#${part.id}-open`) {
      part.open = true;
      const [{ type }] = performance.getEntriesByType("navigation");
      const go = () => requestAnimationFrame(() => setTimeout(() => part.scrollIntoView()));
      if (type !== "back_forward") go(); // after Back the reader is there already
    }
    if (part.open) load();
    else part.addEventListener("toggle", load, { once: true });
    continue;
  }
  const seen = new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    seen.disconnect();
    load();
  });
  seen.observe(part);
  for (const type of ["pointerdown", "keydown"]) {
    addEventListener(type, () => whenIdle(load), { once: true, passive: true });
  }
}
