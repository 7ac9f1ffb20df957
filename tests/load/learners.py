"""What a learner does on the site: the steps of a lesson, one after the other, and the time before each."""

import re
from collections.abc import Callable, Generator, Sequence
from html import unescape
from random import Random
from time import monotonic

from tests.load.crowd import Browser
from tests.load.keeping import Kept
from tests.load.script import Ask, Delay, Pause, Reply, Script, text_of

# What is done, and the mean time in seconds until the next step is due: a brisk reader's. Each time is drawn evenly
# from half of it to one and a half times as much.
HOME, OPEN, PREDICT, RUN, BACK, ANSWER, END = range(7)
THINK = {HOME: 4.0, OPEN: 10.0, PREDICT: 3.0, RUN: 10.0, BACK: 5.0, ANSWER: 4.0, END: 3.0}
TABLE = {
    HOME: ("opens the home page, once", "the page, their progress, and all that it loads"),
    OPEN: ("opens a lesson", "the page, their progress, predictions, quiz and figures; the first time what it loads"),
    PREDICT: ("predicts, three times", "each tick is sent"),
    RUN: ("runs the Celery demo of 3 s", "the run, a look every 2 s as the page does, its figures"),
    BACK: ("comes back to the lesson", "the page, which has not changed, and what is theirs"),
    ANSWER: ("answers ten questions by guesses", "each guess, until no question is open: some twenty"),
    END: ("reads to the end", "the mark, kept of those who did something before; what is due"),
}
MODE = "performance"
HTMX = (("HX-Request", "true"),)
PAGE = (("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("Sec-Fetch-Site", "same-origin"))
NOTHING_YET = (200, 204)  # a visitor's fragment is empty

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
OPEN_FORM = re.compile(r'<form class="answer".*?</form>', re.DOTALL)
OPTION = re.compile(r'name="option" value="(\d+)"')
CHOICE = re.compile(r'name="(choice-[^"]+)" value="(\d+)"')
LOADED = re.compile(r'(?:<link rel="(?:stylesheet|icon)" href|<script[^>]* src)="(/static/[^"]+)"')
POLL = re.compile(r'hx-get="([^"]+)" hx-trigger="load delay:(\d+)ms')
RECEIPT = re.compile(r'data-receipt="([^"]+)"')
OPEN_PAGE = re.compile(r'name="page" value="([^"]+)"')

Steps = Generator[Pause | Delay | list[Ask], list[Reply], None]


class Learner:
    """One learner with their browser: what they have seen, and what the site told them that it has kept."""

    def __init__(self, browser: Browser, chance: Random, lessons: Sequence[str], acknowledged: Kept) -> None:
        self.browser = browser
        self.chance = chance
        self.lessons = lessons
        self.acknowledged = acknowledged
        self.etags: dict[str, str] = {}
        self.loaded: set[str] = set()
        self.quiz = self.predictions = self.page = ""
        self.lost_runs = 0

    def script(self) -> Script:
        """The whole visit. Each learner comes in at another step, so that all steps are taken at any time."""
        begin = self.chance.choices(range(len(STEPS)), [weight for _, weight in STEPS])[0]
        yield from self.home()
        for number, lesson in enumerate(self.lessons):
            yield from self.open(lesson)
            for step, _ in STEPS[begin if number == 0 else 0 :]:
                yield from step(self, lesson)

    def think(self, step: int) -> Pause:
        return Pause(THINK[step] * self.chance.uniform(0.5, 1.5))

    def home(self) -> Steps:
        yield from self.get_page("home page", "/")
        yield [Ask("progress", "/progress/", headers=HTMX, right=NOTHING_YET)]
        yield self.think(HOME)

    def get_page(self, kind: str, path: str) -> Steps:
        """A page, from the browser's cache if it has not changed, and what it loads that was not loaded before."""
        etag = self.etags.get(path)
        known = (("If-None-Match", etag),) if etag else ()
        right = (304,) if etag else (200,)
        (page,) = yield [Ask(f"{kind}, unchanged" if etag else kind, path, headers=PAGE + known, right=right)]
        self.etags[path] = page.headers.get("etag", "")
        if page.status != 200:
            return
        self.page = text_of(page)
        new = [path for path in dict.fromkeys(LOADED.findall(self.page)) if path not in self.loaded]
        self.loaded.update(new)
        if new:
            yield [Ask("static file", path) for path in new]

    def open(self, lesson: str) -> Steps:
        """A lesson's page, and what it asks for when it was loaded."""
        yield from self.get_page("lesson", f"/lessons/{lesson}/{MODE}/")
        found = yield [
            Ask("progress", f"/progress/{lesson}/{MODE}/", headers=HTMX, right=NOTHING_YET),
            Ask("predictions", f"/quiz/{lesson}/predictions/", headers=HTMX),
            Ask("quiz", f"/quiz/{lesson}/", headers=HTMX),
            Ask("figures", f"/stopwatch/{lesson}/{MODE}/", headers=HTMX, right=NOTHING_YET),
        ]
        self.predictions, self.quiz = text_of(found[1]), text_of(found[2])
        yield self.think(OPEN)

    def predict(self, lesson: str) -> Steps:
        """A tick after the other; each sends the whole form, as htmx does."""
        sent = {name: unescape(value) for name, value in HIDDEN.findall(self.predictions)}
        choices: dict[str, list[str]] = {}
        for name, value in CHOICE.findall(self.predictions):
            choices.setdefault(name, []).append(value)
        for name, values in choices.items():
            question = name.removeprefix("choice-")
            sent |= {name: self.chance.choice(values), "at": question}
            (kept,) = yield [Ask("prediction", f"/quiz/{lesson}/predictions/", dict(sent), HTMX)]
            if kept.is_right:
                self.acknowledge("predictions", lesson, question)
            yield self.think(PREDICT)

    def run(self, lesson: str) -> Steps:
        """The Celery demo of the page, looked at until it is done, and then measured."""
        origin = OPEN_PAGE.search(self.page)
        form = {"seconds": "3", "page": unescape(origin[1]) if origin else "", "run": f"{self.chance.random()}"}
        clicked = monotonic()
        (reply,) = yield [Ask("run", "/demos/celery/", form, HTMX, (202,))]
        responded = monotonic() - clicked
        while reply.is_right and (poll := POLL.search(text_of(reply))):
            yield Delay(int(poll[2]) / 1000)
            (reply,) = yield [Ask("look at a run", unescape(poll[1]), headers=HTMX)]
        receipt = RECEIPT.search(text_of(reply))
        if receipt is None:
            self.lost_runs += 1
        else:
            yield from self.measure(lesson, unescape(receipt[1]), responded, monotonic() - clicked)
        yield self.think(RUN)

    def measure(self, lesson: str, receipt: str, responded: float, took: float) -> Steps:
        figures = {"click-to-response": f"{responded * 1000:.1f}", "click-to-report": f"{took * 1000:.1f}"}
        form = {"receipt": receipt, "case": "celery", "page": f"{lesson}/{MODE}", "inp-below": "16", **figures}
        (reply,) = yield [Ask("measurement", "/stopwatch/measurements/", form, HTMX, (201,))]
        if reply.is_right:
            self.acknowledge("measurements", lesson, "celery")

    def back(self, lesson: str) -> Steps:
        yield from self.open(lesson)

    def answer(self, lesson: str) -> Steps:
        """Every question of the quiz, each by a guess, until none is open."""
        while (yield from self.answer_one(lesson)):
            yield self.think(ANSWER)

    def answer_one(self, lesson: str) -> Generator[list[Ask], list[Reply], bool]:
        """The question that is open. False: there is none, or the answer was not taken."""
        form = OPEN_FORM.search(self.quiz)
        if form is None:
            return False
        sent = {name: unescape(value) for name, value in HIDDEN.findall(form[0])}
        sent["option"] = self.chance.choice(OPTION.findall(form[0]))
        (reply,) = yield [Ask("answer", f"/quiz/{lesson}/answer/", sent, HTMX)]
        if reply.is_right:
            self.acknowledge("answers", lesson, sent["question"], int(sent["go"]), int(sent["attempt"]))
            self.quiz = text_of(reply)
        return reply.is_right

    def end(self, lesson: str) -> Steps:
        """The end of the text comes into view."""
        form = {"by": "end"}
        marked, _ = yield [
            Ask("mark", f"/progress/{lesson}/{MODE}/read/", form, HTMX),
            Ask("what is due", f"/review/items/due/?lesson={lesson}", headers=HTMX, right=NOTHING_YET),
        ]
        if "Marked as read" in text_of(marked):
            self.acknowledge("marks", lesson, MODE)
        yield self.think(END)

    def acknowledge(self, what: str, *thing: str | int) -> None:
        (value, *_) = self.browser.cookies.values()
        self.acknowledged[what][value.partition(":")[0], *thing] += 1


Step = Callable[[Learner, str], Steps]
# The steps of a lesson after it was opened, and how long each takes, by which learners come in.
STEPS: list[tuple[Step, float]] = [
    (Learner.predict, 3 * THINK[PREDICT]),
    (Learner.run, THINK[RUN]),
    (Learner.back, THINK[BACK]),
    (Learner.answer, 10 * THINK[ANSWER]),
    (Learner.end, THINK[END]),
]


def in_a_hurry(browser: Browser, number: int, acknowledged: Kept, is_over: Callable[[], bool]) -> Script:
    """One learner after the other, who answer the ten questions of a lesson `one` as soon as they are asked."""
    chance = Random(number)
    while not is_over():
        browser.cookies.clear()
        learner = Learner(browser, chance, ["one"], acknowledged)
        (reply,) = yield [Ask("quiz", "/quiz/one/", headers=HTMX)]
        learner.quiz = text_of(reply) if reply.is_right else ""
        while not is_over() and (yield from learner.answer_one("one")):
            pass
