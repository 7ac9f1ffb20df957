// The live demo: while a lane runs it shows the real time that passes, and then what the stopwatch measured.
// The server's fragments (templates/demos/) say the rest. Without this file the forms and htmx work all the same.

import { Measurement, inWords, nameRun } from "./stopwatch.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Shows the time that passes, while a lane's request or its run is under way. */
class Clock {
  constructor(lane) {
    this.bar = lane.querySelector(".bar"); // only where the request itself waits
    this.face = lane.querySelector(".clock");
  }

  start() {
    this.since = performance.now();
    this.isAnswered = false;
    this.tick();
    this.ticking = setInterval(() => this.tick(), calm.matches ? 1000 : 100);
  }

  tick() {
    const seconds = (performance.now() - this.since) / 1000;
    if (this.bar && !this.isAnswered) this.bar.value = Math.min(seconds, this.bar.max);
    const words = this.isAnswered ? "answered, the work goes on" : "no response yet";
    this.face.textContent = `${seconds.toFixed(calm.matches ? 0 : 1)} s: ${words}`;
  }

  stop(isDone) {
    clearInterval(this.ticking);
    this.face.textContent = "";
    if (this.bar) this.bar.value = isDone ? this.bar.max : 0;
  }
}

function whatItMeans() {
  const link = document.createElement("a");
  link.href = "#figure-inp";
  link.textContent = "What INP is";
  return link;
}

class Lane {
  running = false;
  retried = false;

  constructor(root, page) {
    this.page = page;
    this.name = root.dataset.lane;
    this.clock = new Clock(root);
    for (const [name, selector] of [
      ["form", "form"],
      ["button", "button"],
      ["code", "[data-code]"],
      ["outcome", ".outcome"],
      ["note", ".lane-note"],
      ["status", ".lane-status"],
    ]) {
      this[name] = root.querySelector(selector);
    }
    this.form.addEventListener("submit", (event) => this.begin(event), { capture: true });
    root.addEventListener("htmx:sendError", (event) => this.unanswered(event.target));
    new MutationObserver(() => this.look()).observe(this.outcome, { childList: true, subtree: true });
  }

  begin(event) {
    if (this.running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    this.running = true;
    nameRun(this.form);
    this.measurement = new Measurement(this.name, { address: this.form.action, page: this.page });
    this.outcome.style.minHeight = `${this.outcome.offsetHeight}px`; // nothing below moves while this is empty
    this.outcome.replaceChildren();
    this.note.textContent = "";
    this.say("");
    this.button.setAttribute("aria-disabled", "true");
    this.clock.start();
    changed();
  }

  /** What the server sent has just replaced what was there. */
  look() {
    if (!this.running || !this.outcome.firstElementChild || this.outcome.querySelector(".unanswered")) return;
    const refusal = this.outcome.querySelector(".problem:not([data-state])");
    if (refusal) {
      this.refused(refusal);
      return;
    }
    const said = [...this.outcome.querySelectorAll("[data-announce]")].at(-1)?.dataset.announce ?? "";
    const over = this.outcome.querySelector("[data-over]");
    const isFirst = !this.clock.isAnswered;
    this.clock.isAnswered = true;
    this.retried = false;
    if (over) this.end("Run again");
    if (over || isFirst || said !== this.said) this.report(said, isFirst, over);
    this.said = said;
  }

  /** Take the figures of what was just painted, say in one sentence what changed, and at the end keep all of it. */
  async report(said, isFirst, over) {
    const { measurement } = this;
    const receipt = over?.dataset.receipt; // a run that went wrong has none, and its end is no report
    const names = [isFirst && "click-to-response", receipt && "click-to-report"].filter(Boolean);
    const taken = names.length ? await measurement.painted(...names) : null;
    if (measurement !== this.measurement) return;
    const figures = names.map((name) => this.fill(name, taken));
    this.say([said, ...figures].filter(Boolean).join(" "));
    if (!over) return;
    if (!receipt) this.fill("click-to-report", null);
    const note = receipt ? await measurement.keep(receipt) : "Not measured: this run came to no report.";
    if (measurement !== this.measurement) return;
    this.note.textContent = note;
    if (note.includes("INP")) this.note.append(" ", whatItMeans());
    this.say(`${this.status.textContent} ${note}`);
  }

  /** Write a figure into its place, and return it in words. */
  fill(name, milliseconds) {
    const place = this.outcome.querySelector(`[data-figure=${name}]`);
    if (milliseconds === null) {
      place?.replaceChildren("not measured");
      return "";
    }
    const [figure, unit] = ["figure", "unit"].map((kind) => {
      const span = document.createElement("span");
      span.className = kind;
      return span;
    });
    [figure.textContent, unit.textContent] = inWords(milliseconds).split(" ");
    place?.replaceChildren(figure, " ", unit);
    return `${name === "click-to-response" ? "Click to response" : "Click to report"}: ${inWords(milliseconds)}.`;
  }

  /** A response that started nothing. When the server names a time, wait for it and try once more. */
  async refused(refusal) {
    const after = Number(refusal.dataset.retryAfter);
    this.say(refusal.dataset.announce ?? refusal.textContent.trim());
    this.end("Try again");
    if (!after || this.retried) {
      if (this.retried) this.say(`${this.status.textContent} This was the second try.`);
      this.retried = false;
      return;
    }
    this.retried = true;
    this.running = true;
    this.button.setAttribute("aria-disabled", "true");
    this.say(`${this.status.textContent} This tries again by itself in ${after} s.`);
    for (let left = after; left > 0; left -= 1) {
      this.clock.face.textContent = `Trying again in ${left} s`;
      await pause(1000);
    }
    this.running = false;
    this.form.requestSubmit(this.button);
  }

  /** The request came to nothing: the server is gone, or the network. */
  async unanswered(from) {
    const words = "The server cannot be reached.";
    if (from === this.form) {
      const line = document.createElement("p");
      line.className = "problem unanswered";
      line.textContent = `${words} Nothing may have been started.`;
      this.outcome.replaceChildren(line);
      this.say(words);
      this.end("Try again");
      return;
    }
    if (this.said !== words) this.say((this.said = `${words} This asks again every 2 s.`));
    await pause(2000);
    from.dispatchEvent(new Event("again"));
  }

  end(label) {
    this.running = false;
    this.clock.stop(label === "Run again");
    this.button.textContent = label;
    if (label === "Run again") this.code.textContent = "The code that just ran";
    this.button.removeAttribute("aria-disabled");
    changed();
  }

  say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }
}

const groups = [...document.querySelectorAll("[data-lanes]")].map((root) => ({
  both: root.querySelector("[data-run-both]"),
  lanes: [...root.querySelectorAll("[data-lane]")].map((lane) => new Lane(lane, root.dataset.page)),
}));

function changed() {
  for (const { both, lanes } of groups) both.setAttribute("aria-disabled", lanes.some(({ running }) => running));
}

for (const { both, lanes } of groups) {
  both.hidden = false;
  both.addEventListener("click", () => {
    for (const lane of lanes) if (!lane.running) lane.form.requestSubmit(lane.button);
  });
}
