// The page that a form or a link of "Four ways to wait" led to: it adds its own figures to those of the click before it.

import { KEPT_AS, hand, inWords, interactionInWords } from "./stopwatch.js";

const BELONGS = 2000; // ms: the click is this much before the start of loading, at most; an older one led elsewhere

const place = document.querySelector("[data-arrival]");
let wasHidden = document.hidden;
document.addEventListener("visibilitychange", () => (wasHidden ||= document.hidden));

/** What the page before kept of its click; null when this page was opened in any other way. Good for one page. */
function waited() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT_AS));
  sessionStorage.removeItem(KEPT_AS);
  const [{ type }] = performance.getEntriesByType("navigation");
  return kept && type === "navigate" && Math.abs(performance.timeOrigin - kept.clickedAt) < BELONGS ? kept : null;
}

/** The latest largest paint that the browser has told of, in ms since the start of loading. */
function largestPaint() {
  if (!PerformanceObserver.supportedEntryTypes?.includes("largest-contentful-paint")) return Promise.resolve();
  return new Promise((done) => {
    let latest;
    new PerformanceObserver((list) => (latest = list.getEntries().at(-1)?.startTime)).observe({
      type: "largest-contentful-paint",
      buffered: true,
    });
    setTimeout(() => done(latest), 300);
  });
}

/** This page's own figures, all of them from the start of its loading. */
async function loaded() {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done));
  const [{ responseStart, responseEnd, requestStart }] = performance.getEntriesByType("navigation");
  const lcp = await largestPaint();
  const fcp = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  return { ttfb: responseStart, fcp, lcp, request: requestStart ? responseEnd - requestStart : undefined };
}

function say(words, back) {
  place.textContent = words;
  if (!back?.startsWith("/")) return;
  const link = document.createElement("a");
  link.href = back;
  link.textContent = "Back to the lesson, where the table has it";
  place.append(" ", link, ".");
}

async function report() {
  let before;
  try {
    before = waited();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    say("Not measured: this browser lets a page keep nothing for the next one (its storage is blocked).");
    return;
  }
  if (!before) return;
  const own = await loaded();
  const why = before.why || (wasHidden && "Not measured: this tab was in the background.");
  if (why) return say(why);
  const figures = { ...before.figures, ...own };
  // Two pages, two clocks: each page says when its clock began, and the click and the paint are told from there.
  if (own.fcp !== undefined) figures["click-to-response"] = performance.timeOrigin + own.fcp - before.clickedAt;
  for (const name of Object.keys(figures)) if (figures[name] === undefined) delete figures[name];
  const told = [
    ["TTFB", own.ttfb],
    ["FCP", own.fcp],
    ["LCP", own.lcp],
    ["click to response", figures["click-to-response"]],
  ];
  const value = (ms) => (ms === undefined ? "not measured in this browser" : inWords(ms));
  const words = told.map(([label, ms]) => `${label} ${value(ms)}`);
  const receipt = document.querySelector(".response[data-receipt]").dataset.receipt;
  const note = await hand({ name: before.name, page: before.page, figures }, receipt);
  const inp = interactionInWords(before.figures);
  say([`Measured: ${words.join(", ")}. INP of the click before: ${inp}.`, note].filter(Boolean).join(" "), before.back);
}

report();
