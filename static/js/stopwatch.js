// Measures what one real click led to, on the page's own clock, and hands the figures to the server, which draws them.
// Names of figures: stopwatch/definitions.py. Nothing here draws; nothing is measured that no reader clicked for.

import { keepsCookies } from "./cookies.js";

const KEEP = "/stopwatch/measurements/";
export const KEPT_AS = "offload.waited"; // in sessionStorage: what a page that is left knows of the click that left it
const STEP = 16; // ms: Event Timing reports nothing that was faster
const SLACK = 8; // ms: it rounds durations to this, so entries of one frame may end this far apart
const FRAGMENT = { "HX-Request": "true" };

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
// Grouped by hand: to set up the browser's own number formats takes some 20 ms when they are first asked for.
export const number = (ms) => (ms < 9.95 ? ms.toFixed(1) : String(Math.round(ms)).replace(/\B(?=(\d{3})+$)/g, ","));
const rounded = (ms) => Math.round(ms * 10) / 10; // as it is kept, so that no two places round it differently
export const inWords = (ms) => `${number(ms)} ms`;

/** Whether this browser tells how long an interaction took. */
export const tellsInteractions = Boolean(
  globalThis.PerformanceObserver?.supportedEntryTypes?.includes("event") &&
    "interactionId" in (globalThis.PerformanceEventTiming?.prototype ?? {}),
);

// --- What the browser notes by itself ---------------------------------------------------------------------------------

/** The latest `most` entries of a kind; observed, because the browser's own list of requests stops at 250. */
function collect(type, most, fits, options = {}) {
  const kept = [];
  const take = (entries) => {
    kept.push(...entries.filter(fits));
    kept.splice(0, kept.length - most);
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type, ...options });
  return () => {
    take(observer.takeRecords());
    return kept;
  };
}

const interactions = tellsInteractions
  ? collect("event", 100, ({ interactionId }) => interactionId, { durationThreshold: STEP, buffered: true })
  : () => [];
const requests = collect("resource", 100, ({ name }) => name.includes("/demos/") && !name.includes("/demos/runs/"));

let clicked = null; // the click that is being handled
let pressedAt = 0;
let hiddenAt = -1; // when this tab was last put into the background,
let leftAt = -1; // and when it last came back from the back/forward cache

for (const type of ["pointerdown", "keydown"]) {
  addEventListener(type, ({ timeStamp }) => (pressedAt = timeStamp), { capture: true, passive: true });
}
addEventListener(
  "click",
  (event) => {
    if (!event.isTrusted) return;
    const click = { at: event.timeStamp, from: Math.min(pressedAt, event.timeStamp) };
    clicked = click;
    setTimeout(() => clicked === click && (clicked = null)); // whatever runs later was not this click's doing
  },
  { capture: true },
);
document.addEventListener("visibilitychange", () => document.hidden && (hiddenAt = performance.now()));
addEventListener("pageshow", ({ persisted }) => persisted && (leftAt = performance.now()));

/** When the change that was just made has been painted. In the background nothing is, and nobody should wait for it. */
function nextPaint() {
  return new Promise((done) => {
    const finish = () => done(performance.now());
    requestAnimationFrame(() => setTimeout(finish));
    if (document.hidden) finish();
    document.addEventListener("visibilitychange", finish, { once: true });
  });
}

/** The event timing of a click's interaction, from which follows its INP; null when no entry has come. */
function interactionOf({ at, from }) {
  const near = ({ startTime }) => startTime >= from - 1 && startTime <= at + 1;
  const ids = new Set(interactions().filter(near).map(({ interactionId }) => interactionId));
  const entries = interactions().filter(({ interactionId }) => ids.has(interactionId));
  if (!entries.length) return null;
  const longest = entries.reduce((one, other) => (other.duration > one.duration ? other : one));
  const end = longest.startTime + longest.duration;
  const together = entries.filter(({ startTime, duration }) => Math.abs(startTime + duration - end) <= SLACK);
  const began = Math.max(longest.startTime, Math.min(...together.map(({ processingStart }) => processingStart)));
  const ended = Math.min(end, Math.max(began, ...together.map(({ processingEnd }) => processingEnd)));
  return {
    inp: longest.duration,
    "input-delay": began - longest.startTime,
    handler: ended - began,
    presentation: end - ended,
  };
}

// --- One measurement --------------------------------------------------------------------------------------------------

const nameOfRun = () => Math.random().toString(36).slice(2);

/** An address for one run: the browser's cache holds requests of one address one after another, also of two tabs. */
export function addressOfRun(address) {
  const own = new URL(address, location);
  own.searchParams.set("run", nameOfRun());
  return own.href;
}

/** The same for a form, by a field behind the others. */
export function nameRun(form) {
  const field = form.elements.run ?? form.appendChild(document.createElement("input"));
  Object.assign(field, { type: "hidden", name: "run", value: nameOfRun() });
}

/** What the click that is being handled leads to. Made without one, it measures nothing and can say why. */
export class Measurement {
  figures = {};
  notes = []; // sentences about what the browser told, for the reader

  /** `name` is the case, `address` that of its request, and `page` the lesson page to redraw. */
  constructor(name, { address = "", page = "" } = {}) {
    this.name = name;
    this.address = address && new URL(address, location).href.split("?")[0];
    this.page = page;
    this.click = clicked;
    this.why = clicked ? "" : "Not measured: no click started this run.";
  }

  /** Looks whether the clock still means what it should. Why it does not is kept: later events cannot mend it. */
  spoiled() {
    if (!this.why && hiddenAt >= this.click.at) this.why = "Not measured: this tab was in the background.";
    if (!this.why && leftAt >= this.click.at) this.why = "Not measured: this page was left meanwhile.";
    return this.why !== "";
  }

  /** Takes the named figures at the paint of the change that was just made; null when they cannot be taken. */
  async painted(...names) {
    const at = await nextPaint();
    if (this.spoiled()) return null;
    const took = rounded(at - this.click.at);
    for (const name of names) this.figures[name] = took;
    return took;
  }

  /** Adds the interaction's figures. `inp-below` says that there was nothing to report: it took at most so long. */
  interaction() {
    if (!tellsInteractions) return;
    delete this.figures["inp-below"];
    Object.assign(this.figures, interactionOf(this.click) ?? { "inp-below": STEP });
  }

  /** Adds the request's figures, as far as the browser tells them. Entries arrive a little after the answer. */
  async request() {
    const ours = ({ name, startTime }) => name.split("?")[0] === this.address && startTime >= this.click.at;
    for (let tries = 0; tries < 10; tries += 1) {
      const entry = requests().filter(ours).sort((one, other) => one.startTime - other.startTime)[0];
      if (entry) return this.take(entry);
      await pause(30);
    }
  }

  take({ requestStart, responseStart, responseEnd, serverTiming }) {
    const { at } = this.click;
    if (requestStart) {
      this.figures["request-start"] = requestStart - at;
      this.figures["first-byte"] = responseStart - at;
      this.figures.request = responseEnd - requestStart;
    }
    this.figures["response-end"] = responseEnd - at;
    const said = (serverTiming ?? []).map(({ name, duration }) => `${name} ${inWords(duration)}`);
    if (said.length) this.notes.push(`Server-Timing, as your browser read it: ${said.join(", ")}.`);
  }

  /** Once the run is over: gathers the rest, hands it over, and returns what there is to say about it. */
  async keep(receipt) {
    if (this.spoiled()) return this.why;
    if (this.address) await this.request();
    await pause(100); // so that the interaction's entry is in, also where the answer came at once
    this.interaction();
    this.notes.push(`INP of this click: ${interactionInWords(this.figures)}.`);
    this.notes.push(await hand(this, receipt));
    return this.notes.filter(Boolean).join(" ");
  }
}

export function interactionInWords({ inp, "inp-below": below }) {
  if (inp !== undefined) return inWords(inp);
  return below === undefined ? "not measured in this browser" : `at most ${below} ms`;
}

// --- What goes to the server, and what comes back ---------------------------------------------------------------------

let turn = Promise.resolve();

/** One exchange after the other: an answer that was drawn before another measurement was kept must not come after it. */
function inTurn(exchange) {
  const result = turn.then(exchange);
  turn = result.catch(() => {}); // whoever asked is told; the next one has its turn all the same
  return result;
}

// What this page measured while no cookie of this site came back, signed, by its case: for nobody else keeps it.
const unkept = new Map();
const carried = () => [...unkept.values()].map((text) => ["carried", text]);

/** Posts a measurement. Returns what the reader should know: nothing when it was kept and is drawn. */
export const hand = (measurement, receipt) => inTurn(() => post(measurement, receipt));

async function post({ name, page, figures }, receipt) {
  const body = new URLSearchParams([...carried(), ["receipt", receipt], ["case", name], ["page", page]]);
  if (!keepsCookies()) body.set("cookies", "none");
  for (const [figure, ms] of Object.entries(figures)) body.set(figure, String(rounded(ms)));
  let answer, text;
  try {
    answer = await fetch(KEEP, { method: "POST", headers: FRAGMENT, body });
    text = await answer.text();
  } catch {
    return "These figures were not kept: the server cannot be reached.";
  }
  if (!answer.ok) {
    const said = new DOMParser().parseFromString(text, "text/html").querySelector(".problem")?.textContent;
    const why = said?.trim().replace(/\s+/g, " ") ?? `the site answered with ${answer.status}.`;
    return `These figures were not kept: ${why}`;
  }
  const toCarry = answer.headers.get("Offload-Unkept");
  if (toCarry) unkept.set(name, toCarry);
  await draw(text);
  if (answer.status === 201) return "";
  return "Your browser sent no cookie of this site, so these figures are gone when you leave.";
}

/** Puts the measured places that the server drew where they belong, each in its own task: together they are a long one. */
async function draw(fragments) {
  const drawn = document.createElement("template");
  drawn.innerHTML = fragments;
  for (const place of drawn.content.children) {
    if (!document.getElementById(place.id)) continue;
    await pause(0);
    const focused = canHaveFocus(place.id).indexOf(document.activeElement);
    window.htmx.swap(document.body, place.outerHTML, { swapStyle: "none" });
    if (focused >= 0) canHaveFocus(place.id)[focused]?.focus({ preventScroll: true });
  }
}

const canHaveFocus = (id) => [...document.getElementById(id).querySelectorAll("a, button, input, summary, [tabindex]")];

/** Asks for the reader's own figures, for each page whose places stand here. Otherwise the recorded ones stay. */
async function redraw() {
  const places = document.querySelectorAll("[data-measured]");
  for (const address of new Set([...places].map(({ dataset }) => dataset.measured))) {
    try {
      const own = unkept.size ? `${address}?${new URLSearchParams(carried())}` : address;
      const answer = await fetch(own, { headers: FRAGMENT });
      if (answer.status === 200) await draw(await answer.text());
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // offline: they come with the next load
    }
  }
}

// A reader who opened a table of figures keeps it open when its figures change.
document.addEventListener("htmx:oobBeforeSwap", ({ detail: { target, fragment } }) => {
  for (const open of target.querySelectorAll("details[open][id]")) {
    fragment.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
  }
});

const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
if (document.querySelector("[data-measured]")) {
  whenIdle(() => inTurn(redraw));
  addEventListener("pageshow", ({ persisted }) => persisted && inTurn(redraw));
  // An experiment ended: its answer says so in HX-Trigger, and what it measured where no cookie says whose it is.
  document.addEventListener("measured", ({ detail }) => {
    if (detail?.unkept) unkept.set(detail.case, detail.unkept);
    inTurn(redraw);
  });
}
