// Four ways to wait for the same work: a form and a link, which load a page, and fetch and a synchronous request, which
// stay on this one. A page that is left keeps its click's figures for the page that comes (static/js/arrival.js).

import { KEPT_AS, Measurement, addressOfRun, nameRun } from "./stopwatch.js";

const SETTLED = 100; // ms after the paint: by then the interaction's entry is in

/** The click that leaves this page: what the next page cannot know of it. Written again whenever more is known. */
class Leaving {
  constructor(way, page, back) {
    this.measurement = new Measurement(way, { page });
    this.back = back;
    if (!this.measurement.click) return;
    this.write();
    addEventListener("pagehide", () => this.write(), { once: true });
    this.watch(); // while the server works this page is still here
  }

  async watch() {
    await this.measurement.painted();
    await new Promise((done) => setTimeout(done, SETTLED));
    this.measurement.interaction();
    this.write();
  }

  write() {
    const { name, page, figures, click } = this.measurement;
    this.measurement.spoiled();
    const clickedAt = performance.timeOrigin + click.at;
    const known = { name, page, figures, clickedAt, why: this.measurement.why, back: this.back };
    try {
      sessionStorage.setItem(KEPT_AS, JSON.stringify(known));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // blocked: the next page says that nothing was measured
    }
  }
}

const FRAGMENT = { "HX-Request": "true" };

async function byFetch(address) {
  const answer = await fetch(address, { headers: FRAGMENT });
  return { ok: answer.ok, text: await answer.text() };
}

/** Holds the page's main thread until the response is there: nothing in this tab reacts meanwhile. */
function synchronously(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  for (const [name, value] of Object.entries(FRAGMENT)) request.setRequestHeader(name, value);
  request.send();
  return { ok: request.status === 200, text: request.responseText };
}

class Ways {
  constructor(root) {
    this.root = root;
    this.page = root.dataset.page;
    this.status = root.querySelector(".ways-status");
    this.address = root.querySelector("a[data-way=link]").href;
    this.warning = root.querySelector("[data-warning]");
    root.classList.add("ready");
    this.when("submit", "form[data-way=form]", (event) => this.leave(event, "form"));
    this.when("click", "a[data-way=link]", (event) => this.leave(event, "link"));
    this.when("click", "[data-way=fetch]", () => this.stay("fetch", byFetch));
    this.when("click", "[data-warn]", () => this.warn(true));
    this.when("click", "[data-unwarn]", () => this.warn(false));
    this.when("click", "[data-way=sync]", () => this.stay("sync", synchronously));
    addEventListener("pageshow", ({ persisted }) => persisted && this.free());
  }

  when(type, selector, listener) {
    this.root.querySelector(selector).addEventListener(type, listener);
  }

  /** For a way that loads a page. Opening it elsewhere, in a new tab say, leaves nothing. */
  leave(event, way) {
    if (this.isBusy) {
      event.preventDefault();
      return;
    }
    if (way === "form") nameRun(event.currentTarget);
    else event.currentTarget.href = addressOfRun(this.address);
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    this.occupy("Waiting for the next page.");
    history.replaceState(history.state, "", `#${this.root.id}-open`); // so that Back finds the table too
    new Leaving(way, this.page, location.pathname + location.hash);
  }

  /** For a way that stays here. */
  async stay(way, request) {
    if (this.isBusy) return;
    const measurement = new Measurement(way, { address: this.address, page: this.page });
    this.occupy("Waiting for the response.");
    let words;
    try {
      words = await this.answered(measurement, await request(addressOfRun(this.address)));
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
      words = "The server cannot be reached. Nothing was measured.";
    }
    this.free(words);
  }

  async answered(measurement, { ok, text }) {
    const answer = new DOMParser().parseFromString(text, "text/html").body;
    const words = answer.querySelector("p")?.textContent.trim() ?? "";
    this.status.textContent = words;
    if (!ok) return `${words} Nothing was measured.`;
    await measurement.painted("click-to-response");
    return `${words} ${await measurement.keep(answer.querySelector("[data-receipt]")?.dataset.receipt)}`;
  }

  warn(isWanted) {
    this.warning.hidden = !isWanted;
    const ask = this.root.querySelector("[data-warn]");
    ask.setAttribute("aria-expanded", isWanted);
    (isWanted ? this.root.querySelector("[data-way=sync]") : ask).focus();
  }

  occupy(words) {
    this.isBusy = true;
    this.status.textContent = words;
    this.mark("true");
  }

  free(words = "") {
    this.isBusy = false;
    this.status.textContent = words;
    this.mark("false");
  }

  mark(isDisabled) {
    for (const way of this.root.querySelectorAll("[data-way]:not(form), form[data-way] button")) {
      way.setAttribute("aria-disabled", isDisabled);
    }
  }
}

for (const root of document.querySelectorAll("[data-ways]")) new Ways(root);
