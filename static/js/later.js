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
    // An address may lead to something inside. Newer browsers open what holds it by themselves.
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && part.contains(target)) part.open = true;
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
