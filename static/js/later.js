const modules = { ways: () => import("./ways.js"), visit: () => import("./visit.js") };
const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

function unlessOffline(error) {
  if (!(error instanceof TypeError)) throw error;
}

for (const part of document.querySelectorAll("[data-module]")) {
  const load = () => modules[part.dataset.module]().catch(unlessOffline);
  if (part.matches("details")) {
    if (location.hash === `#${part.id}-open`) {
      part.open = true;
      const [{ type }] = performance.getEntriesByType("navigation");
      const go = () => requestAnimationFrame(() => setTimeout(() => part.scrollIntoView()));
      if (type !== "back_forward") go();
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
