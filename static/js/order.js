// Steps that are put into order. The place that is picked for each of them is the answer, and its form works without this
// file. Here a step goes where its place says, and is moved by buttons and by dragging as well. Nothing is sent before "Answer".

const FAR = 5; // px that a pointer goes before a press is no click any more
const EDGE = 60; // px from the top and bottom of the window, within which it scrolls along
const PACE = 10; // px a frame
const SLIDE = 150; // ms
const ASKED = ["lesson", "question", "item", "version", "go", "attempt", "number"]; // what tells one asking from another

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const placeOf = (step) => step.querySelector("select");

class OrderedSteps extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.list = this.querySelector(".steps");
    this.said = this.querySelector(".moved");
    this.lay();
    this.addEventListener("click", ({ target }) => {
      const button = target.closest(".moves button");
      if (button) this.put(button.closest(".step"), button.matches(":first-child") ? -1 : 1);
    });
    this.addEventListener("change", ({ target }) => {
      const step = target.closest(".step");
      this.put(step, target.value - 1 - this.steps.indexOf(step));
    });
    this.addEventListener("pointerdown", (event) => this.take(event));
    this.addEventListener("dragstart", (event) => event.preventDefault()); // of a picture in a step
  }

  get steps() {
    return [...this.list.children];
  }

  /** What the address in the browser's history is to remember, so that the steps lie so after a reload and after Back. */
  get key() {
    const sent = new FormData(this.closest("form"));
    return `order ${ASKED.map((name) => sent.get(name) ?? "").join(" ")}`;
  }

  /** Lay the steps as they lay before, or as far as places are picked; those without one fill what is left. */
  lay() {
    const { steps } = this;
    const kept = history.state?.[this.key];
    const picked = steps.map((step) => (kept ? kept.indexOf(placeOf(step).name) + 1 : Number(placeOf(step).value)));
    const laid = Array(steps.length);
    const left = [];
    for (const [at, step] of steps.entries()) {
      if (picked[at] && !laid[picked[at] - 1]) laid[picked[at] - 1] = step;
      else left.push(step);
    }
    const focused = document.activeElement;
    this.list.append(...Array.from(laid, (step) => step ?? left.shift()));
    if (this.contains(focused)) focused.focus({ preventScroll: true });
    for (const blank of this.querySelectorAll("select [value='']")) blank.remove();
    for (const mark of this.querySelectorAll(".mark")) mark.remove();
    this.number();
  }

  number() {
    for (const [at, step] of this.steps.entries()) {
      const [up, down] = step.querySelectorAll("button");
      placeOf(step).value = at + 1;
      placeOf(step).removeAttribute("aria-invalid");
      // Not really disabled: a button that is loses the focus.
      up.setAttribute("aria-disabled", at === 0);
      down.setAttribute("aria-disabled", at === this.steps.length - 1);
    }
  }

  /** Put a step so many places further down, or up, and say so. */
  put(step, by) {
    const has = this.move(step, by);
    step.scrollIntoView({ block: "nearest" });
    this.tell(step, has ? "Now" : "Still");
  }

  move(step, by) {
    const { steps } = this;
    const from = steps.indexOf(step);
    const to = Math.max(0, Math.min(steps.length - 1, from + by));
    const before = steps.map((each) => each.getBoundingClientRect().top);
    // The others go round it: what is itself moved in a document loses the focus, and the pointer that holds it.
    if (to < from) step.after(...steps.slice(to, from));
    else step.before(...steps.slice(from + 1, to + 1));
    this.number();
    for (const [at, each] of steps.entries()) {
      const way = before[at] - each.getBoundingClientRect().top;
      if (way && !calm.matches && !each.matches(".dragged")) {
        each.animate({ translate: [`0 ${way}px`, "0 0"] }, { duration: SLIDE, easing: "ease-out" });
      }
    }
    return to !== from;
  }

  tell(step, since) {
    const words = step.querySelector(".option-text").textContent.trim();
    this.said.textContent = `${since} in place ${placeOf(step).value} of ${this.steps.length}: ${words}`;
    history.replaceState({ ...history.state, [this.key]: this.steps.map((each) => placeOf(each).name) }, "");
  }

  /** Begin to drag a step: by its text with a mouse, and by its grip with a finger, which scrolls the page elsewhere. */
  take({ target, button, isPrimary, pointerId, pointerType, clientY }) {
    const step = target.closest(".step");
    if (!step || button || !isPrimary || target.closest("select, button, a")) return;
    if (pointerType !== "mouse" && !target.closest(".grip")) return;
    const from = this.steps.indexOf(step);
    const held = clientY - step.getBoundingClientRect().top;
    const ended = new AbortController();
    let y = clientY;

    const follow = () => {
      const { top, bottom } = this.list.getBoundingClientRect();
      // By where things are laid and not by where they are seen: some are still on their way.
      const middle = (other) => top + other.offsetTop + other.offsetHeight / 2;
      const { previousElementSibling: above, nextElementSibling: below } = step;
      const by = above && y < middle(above) ? -1 : below && y > middle(below) ? 1 : 0;
      if (by) this.move(step, by);
      const wanted = Math.max(top, Math.min(bottom - step.offsetHeight, y - held));
      step.style.translate = `0 ${wanted - top - step.offsetTop}px`;
      return by;
    };
    const scroll = () => {
      if (ended.signal.aborted) return;
      const { top, bottom } = this.list.getBoundingClientRect();
      if (y < EDGE && top < EDGE) scrollBy(0, -PACE);
      if (y > innerHeight - EDGE && bottom > innerHeight - EDGE) scrollBy(0, PACE);
      while (follow());
      requestAnimationFrame(scroll);
    };
    const end = (isDropped) => {
      ended.abort();
      if (!step.matches(".dragged")) return;
      if (isDropped) while (follow());
      step.classList.remove("dragged");
      step.style.translate = "";
      if (!isDropped) this.move(step, from - this.steps.indexOf(step));
      this.tell(step, this.steps.indexOf(step) === from ? "Still" : "Now");
    };
    const listen = (type, heard) => addEventListener(type, heard, { signal: ended.signal });

    listen("pointermove", (event) => {
      if (event.pointerId !== pointerId) return;
      y = event.clientY;
      if (step.matches(".dragged") || Math.abs(y - clientY) < FAR) return;
      step.classList.add("dragged");
      step.setPointerCapture(pointerId);
      getSelection().removeAllRanges();
      scroll();
    });
    listen("pointerup", (event) => event.pointerId === pointerId && end(true));
    listen("pointercancel", (event) => event.pointerId === pointerId && end(false));
    listen("keydown", ({ key }) => key === "Escape" && end(false));
  }
}

customElements.define("ordered-steps", OrderedSteps);
