// This visit's own figures as they stand, by Google's web-vitals: for the whole page, not for one click.

import { onCLS, onFCP, onINP, onLCP, onTTFB } from "../vendor/web-vitals/web-vitals.attribution.js";
import { inWords, number, tellsInteractions } from "./stopwatch.js";

const tells = (type) => globalThis.PerformanceObserver?.supportedEntryTypes?.includes(type);
const VITALS = {
  INP: [onINP, tellsInteractions],
  CLS: [onCLS, tells("layout-shift")],
  LCP: [onLCP, tells("largest-contentful-paint")],
  FCP: [onFCP, tells("paint")],
  TTFB: [onTTFB, tells("navigation")],
};
const PARTS = {
  inputDelay: "input delay, before the page's handlers ran",
  processingDuration: "handler time",
  presentationDelay: "the wait for the next frame",
};

function span(kind, words) {
  const made = document.createElement("span");
  made.className = kind;
  made.textContent = words;
  return made;
}

function show(place, { name, value, rating, entries }) {
  const isBound = name === "INP" && !entries.length; // nothing took long enough to be reported
  const figure = name === "CLS" ? value.toFixed(3) : isBound ? "≤ 16" : number(value);
  const unit = name === "CLS" ? "score" : "ms";
  place.replaceChildren(span("figure", figure), " ", span("unit", unit), " ", span("rating", rating.replace("-", " ")));
}

/** Which part of the slowest interaction was the longest. */
function explain(place, { entries, attribution }) {
  if (!entries.length) return;
  const [part] = Object.keys(PARTS).sort((one, other) => attribution[other] - attribution[one]);
  const most = `${PARTS[part]}: ${inWords(attribution[part])}`;
  place.textContent = `The slowest interaction so far spent most of its time in ${most}.`;
}

for (const root of document.querySelectorAll("[data-visit]")) {
  for (const [name, [observe, isTold]] of Object.entries(VITALS)) {
    const place = root.querySelector(`[data-vital=${name}]`);
    if (!isTold) {
      place.textContent = "not measured in this browser";
      continue;
    }
    const report = (metric) => {
      show(place, metric);
      if (name === "INP") explain(root.querySelector("[data-longest-part]"), metric);
    };
    observe(report, { reportAllChanges: true, durationThreshold: 16 });
  }
}
