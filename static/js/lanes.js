// The live demo: while a lane runs it shows the real time that passes, and then what the browser itself saw.
// The server's fragments (templates/demos/) say the rest. Without this file the forms and htmx work all the same.

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const ms = (value) => `${Math.round(value).toLocaleString("en")} ms`;
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// An observer, because the browser's own list stops at 250 entries and polls would fill it.
const requests = [];
new PerformanceObserver((list) => {
  requests.push(...list.getEntries().filter(({ name }) => name.includes("/demos/") && !name.includes("/demos/runs/")));
}).observe({ type: "resource" });

/** How long the request to `address` took that began at or after `since`; `otherwise` when the browser does not tell. */
async function responseTime(address, since, otherwise) {
  for (let tries = 0; tries < 10; tries += 1) {
    const entry = requests.find(({ name, startTime }) => name.split("?")[0] === address && startTime >= since);
    if (entry) return entry.duration;
    await pause(30); // entries arrive a little after the answer
  }
  return otherwise;
}

class Lane {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("form");
    this.button = root.querySelector("button");
    this.code = root.querySelector("[data-code]");
    this.bar = root.querySelector(".bar"); // only where the request itself waits
    this.clock = root.querySelector(".clock");
    this.outcome = root.querySelector(".outcome");
    this.status = root.querySelector(".lane-status");
    this.running = false;
    this.retried = false;
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
    this.answered = false;
    this.since = event.timeStamp;
    this.outcome.style.minHeight = `${this.outcome.offsetHeight}px`; // nothing below moves while this is empty
    this.outcome.replaceChildren();
    this.outcome.classList.remove("not-yet");
    this.say("");
    this.button.setAttribute("aria-disabled", "true");
    this.tick();
    this.ticking = setInterval(() => this.tick(), calm.matches ? 1000 : 100);
    changed();
  }

  tick() {
    const seconds = (performance.now() - this.since) / 1000;
    if (this.bar && !this.answered) this.bar.value = Math.min(seconds, this.bar.max);
    this.clock.textContent = `${seconds.toFixed(calm.matches ? 0 : 1)} s: ${this.answered ? "answered, the work goes on" : "no answer yet"}`;
  }

  /** What the server sent has just replaced what was there. */
  look() {
    const now = performance.now();
    if (!this.running || !this.outcome.firstElementChild || this.outcome.querySelector(".unanswered")) return;
    const refusal = this.outcome.querySelector(".problem:not([data-state])");
    if (refusal) {
      this.refused(refusal);
      return;
    }
    const first = !this.answered;
    if (first) {
      this.answered = true;
      this.retried = false;
      this.seen = responseTime(this.form.action.split("?")[0], this.since, now - this.since);
    }
    const over = this.outcome.querySelector("[data-over]");
    const said = [...this.outcome.querySelectorAll("[data-announce]")].at(-1)?.dataset.announce ?? "";
    if (over) this.end("Run again");
    this.report(said, first, over ? now - this.since : null);
  }

  /** Fill in the browser's own figures, and say in one sentence what changed. */
  async report(said, first, resultAfter) {
    const seen = await this.seen;
    const result = this.outcome.querySelector("[data-figure=result]");
    fill(this.outcome.querySelector("[data-figure=response]"), seen);
    if (resultAfter !== null) fill(result, resultAfter);
    if (said === this.said && resultAfter === null) return;
    this.said = said;
    const figures = [first && `Response time: ${ms(seen)}.`, result && resultAfter !== null && `Click to result: ${ms(resultAfter)}.`];
    this.say([said, ...figures.filter(Boolean)].join(" "));
  }

  /** An answer that started nothing. When the server names a time, wait for it and try once more. */
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
      this.clock.textContent = `Trying again in ${left} s`;
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
    clearInterval(this.ticking);
    this.running = false;
    this.clock.textContent = "";
    if (this.bar) this.bar.value = label === "Run again" ? this.bar.max : 0;
    this.button.textContent = label;
    if (label === "Run again") this.code.textContent = "The code that just ran";
    this.button.removeAttribute("aria-disabled");
    changed();
  }

  say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }
}

function fill(place, milliseconds) {
  if (!place || "filled" in place.dataset) return; // filling is a change too, and is looked at
  place.dataset.filled = "";
  const figure = document.createElement("span");
  const unit = document.createElement("span");
  figure.className = "figure";
  unit.className = "unit";
  [figure.textContent, unit.textContent] = ms(milliseconds).split(" ");
  place.replaceChildren(figure, " ", unit);
}

const groups = [...document.querySelectorAll("[data-lanes]")].map((root) => ({
  both: root.querySelector("[data-run-both]"),
  lanes: [...root.querySelectorAll("[data-lane]")].map((lane) => new Lane(lane)),
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
