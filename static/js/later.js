const modules = { ways: () => import("./ways.js"), visit: () => import("./visit.js") };
const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

function unlessOffline(error) {
  if (!(error instanceof TypeError)) throw error; // what a module that does not arrive is rejected with
}

for (const part of document.querySelectorAll("[data-module]")) {
  const load = () => modules[part.dataset.module]().catch(unlessOffline);
  if (part.matches("details")) {
    // No element has this name: nothing jumps before the part is open.
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
