"""Nothing is wider than a telephone: every page, and a course in which all that can be written is too wide for one.

What is wide scrolls inside itself, where the keyboard reaches it and it has a name. The page never scrolls sideways,
and nothing that can be pressed or filled in lies beside the screen.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, expect

from tests.browser.reader import LESSON as SHIPPED
from tests.browser.reader import Reader
from tests.browser.wide import CODE, LESSON, LINE, WORD
from tests.running import RunningSite
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("wide")

QUIZ, CARDS = f"/quiz/{LESSON}/", f"/review/{LESSON}/cards/"
STUDIO = f"/teach/lessons/{LESSON}/"
GIFT = f"::one::[markdown]{LINE}\\n\\n`{CODE}`{{={LINE}#{LINE} ~{WORD}#{LINE}}}\n\n::essay::{WORD}{{}}\n"

# Which pages show each address, by its name.
PAGES: dict[str, tuple[str, ...]] = {
    "lessons:home": ("/",),
    "lessons:mode": (f"/lessons/{LESSON}/performance/", f"/lessons/{LESSON}/recall/"),
    "quiz:quiz": (QUIZ,),
    "quiz:paper": (f"{QUIZ}paper/",),
    "quiz:predictions": (f"{QUIZ}predictions/",),
    "review:all": ("/review/", "/review/?turned=card-1"),
    "review:lesson": (f"/review/{LESSON}/",),
    "progress:whole": ("/progress/",),
    "progress:page": (f"/progress/{LESSON}/performance/",),
    "demos:blocking": ("/demos/blocking/", "/demos/blocking/?seconds=0", "/demos/blocking/?seconds=11"),
    "demos:celery": ("/demos/celery/",),
    "demos:run": ("/demos/runs/unknown/",),
    "demos:experiments": ("/demos/experiments/",),
    "demos:experiment": ("/demos/experiments/bystanders/", "/demos/experiments/saturation/"),
    "demos:experiment-run": ("/demos/experiments/runs/unknown/",),
    "learners:my-data": ("/learners/my-data/",),
    "learners:delete": ("/learners/my-data/delete/",),
    "learners:deleted": ("/learners/my-data/deleted/",),
    "learners:account": ("/learners/account/",),
    "learners:sign-up": ("/learners/account/sign-up/",),
    "learners:sign-in": ("/learners/account/sign-in/",),
    "learners:password": ("/learners/account/password/",),
    "learners:email": ("/learners/account/email/",),
    "learners:reset": ("/learners/account/reset/",),
    "learners:reset-sent": ("/learners/account/reset/sent/",),
    "learners:new-password": ("/learners/account/reset/MQ/x-y/",),
    "teach:studio": ("/teach/",),
    "teach:edit": tuple(f"/teach/edit/{LESSON}/{name}" for name in ("performance.md", "quiz.md", "wide.svg")),
    "teach:preview": (
        *(f"/teach/preview/{LESSON}/{name}" for name in ("performance.md", "cards.md", "predictions.md")),
        *(f"/teach/preview/{LESSON}/quiz.md?question={name}" for name in ("choice", "order", "output", "process")),
    ),
    "teach:versions": (f"/teach/versions/{LESSON}/quiz.md",),
    "teach:version": ("/teach/versions/1/",),
    "teach:shipped": (f"/teach/shipped/{LESSON}/quiz.md",),
    "teach:new-lesson": ("/teach/lessons/new/",),
    "teach:paper": (f"{STUDIO}paper/",),
    "teach:add-question": (f"{STUDIO}question/",),
    "teach:statistics": (f"{STUDIO}statistics/",),
    "teach:readers-statistics": (f"{STUDIO}statistics/_readers/",),
    "teach:runs-statistics": (f"{STUDIO}statistics/_runs/",),
    "teach:question-statistics": tuple(f"{STUDIO}statistics/{name}/" for name in ("choice", "text", "order", "ready")),
    "teach:exchange": (f"{STUDIO}exchange/",),
    "teach:instructors": ("/teach/instructors/",),
    "teach:invitation": ("/teach/invitations/unknown/",),
    "teach:site": ("/teach/site/",),
}
# Addresses that show no page of their own: parts of pages, files, and what forms are sent to.
NO_PAGES = """
lessons:lesson lessons:picture quiz:answer quiz:again quiz:reason review:due review:begin progress:read
progress:not-read demos:experiment-cancel stopwatch:measure stopwatch:measured learners:fresh learners:download
learners:sign-out learners:time-zone teach:rehearse-answer teach:rehearse-again teach:rehearse-over teach:download
teach:retire teach:bring-back teach:put-picture teach:statistics-csv teach:question-statistics-csv teach:export-gift
healthz readyz
""".split()  # noqa: SIM905 - a list of so many is harder to read

WRONG = """
() => {
  const root = document.scrollingElement;
  const edge = root.clientWidth;
  const wrong = root.scrollWidth > edge ? [`the page is ${root.scrollWidth} px wide`] : [];
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const named = ({ tagName, id, className, textContent }) =>
    `${tagName} #${id} .${className} “${textContent.trim().slice(0, 40).replace(/\\s+/g, " ")}”`;
  const around = (element) => {
    const found = [];
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) found.push(at);
    return found;
  };
  const known = new Map(); // of what lies around much, this is asked often
  const flows = (element) => {
    if (!known.has(element)) known.set(element, getComputedStyle(element).overflowX);
    return known.get(element);
  };
  for (const control of document.querySelectorAll(CONTROLS)) {
    if (!control.checkVisibility() || control.matches(".skip")) continue;
    const outer = around(control);
    if (outer.some((element) => ["auto", "scroll"].includes(flows(element)))) continue;
    const holders = outer.filter((element) => ["hidden", "clip"].includes(flows(element)));
    for (const { left, right } of control.getClientRects()) {
      if (left < -1 || right > edge + 1) wrong.push(`${named(control)} lies at ${left} to ${right} px`);
      for (const holder of holders) {
        const of = holder.getBoundingClientRect();
        if (of.width > 1 && (left < of.left - 1 || right > of.right + 1)) wrong.push(`${named(control)} is cut off`);
      }
    }
  }
  for (const element of document.body.querySelectorAll(":not(svg, svg *)")) {
    if (!element.checkVisibility()) continue;
    const flow = flows(element);
    if (flow === "visible") {
      const { left, right } = element.getBoundingClientRect();
      if (root.scrollWidth > edge && right > edge + 1 && !around(element).some((one) => flows(one) !== "visible"))
        wrong.push(`${named(element)} ends at ${right} px`);
      continue;
    }
    if (element.scrollWidth <= element.clientWidth || getComputedStyle(element).clipPath !== "none") continue;
    if (["hidden", "clip"].includes(flow)) wrong.push(`${named(element)} cuts off what is in it`);
    else if (!element.matches(CONTROLS) && !element.querySelector("a[href], button, input")) {
      const isNamed = element.ariaLabel || element.getAttribute("aria-labelledby");
      if (element.tabIndex < 0 || !isNamed || !element.role) wrong.push(`${named(element)} scrolls, and has no name`);
    }
  }
  return [...new Set(wrong)].slice(0, 12);
}
"""


def test_every_address_that_shows_a_page_is_looked_at():
    def names(patterns: list[URLPattern | URLResolver], namespace: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield f"{namespace}:{pattern.name}".removeprefix(":")
            else:
                yield from names(pattern.url_patterns, pattern.namespace or namespace)

    assert set(names(get_resolver().url_patterns, "")) == {*PAGES, *NO_PAGES}


def answer(visitor: Visitor, times: int = 20) -> None:
    """Answer what is open so often, rightly or wrongly; until nothing is."""
    for _ in range(times):
        page = visitor.get(QUIZ).text
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        if "attempt" not in hidden:
            return
        text = "7" if hidden["question"] == "number" else f"{WORD} {hidden['attempt']}"
        sent = visitor.send(f"{QUIZ}answer/", {**hidden, "option": "1", "text": text, "step": ["2", "1", "3"]})
        assert sent.status == 303, sent.text


@pytest.fixture(scope="module")
def people(wide_site: RunningSite) -> dict[str, Visitor]:
    """By name: one who has answered once, in vain; and an instructor who has answered all and begun to review cards.

    Five others have answered all, so that there is something to tell of them.
    """
    for _ in range(5):
        answer(Visitor(wide_site))
    beginner, instructor = Visitor(wide_site), Visitor(wide_site)
    answer(beginner, 1)
    instructor.becomes_instructor()
    answer(instructor)
    assert instructor.send(CARDS, {}).status == 303
    text = (wide_site.folder / "content" / LESSON / "quiz.md").read_text()
    for why in (WORD, "once more"):
        edited = text.replace(f"title: {WORD}", f"title: {WORD}, {why}")
        saved = instructor.submit(f"/teach/edit/{LESSON}/quiz.md", text=edited, why=why, do="save")
        assert saved.status == 303, saved.text
    return {"beginner": beginner, "instructor": instructor}


@pytest.fixture(scope="module")
def look(browser: Browser, wide_site: RunningSite, people: dict[str, Visitor]) -> Iterator[Callable[..., Reader]]:
    """A reader on a telephone, as one of the people or as nobody: one browser for all pages."""
    readers: dict[str, Reader] = {}

    def on_telephone(who: str = "") -> Reader:
        if who not in readers:
            readers[who] = Reader(browser.new_context(viewport={"width": 320, "height": 640}), wide_site)
            cookies = people[who].cookies if who else {}
            readers[who].page.context.add_cookies(
                [{"name": name, "value": value, "url": wide_site.url} for name, value in cookies.items()]
            )
        return readers[who]

    yield on_telephone
    for reader in readers.values():
        reader.page.context.close()


def check(reader: Reader) -> None:
    """Look at the page with all folds open, at two widths, and with letters of twice the size."""
    page = reader.page
    for frame in page.frames:
        frame.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    looks: tuple[tuple[int, str], ...] = ((320, ""), (360, ""), (360, "200%"))
    wrong: list[str] = []
    for width, size in looks:
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate("(size) => (document.documentElement.style.fontSize = size)", size)
        for frame in page.frames:
            wrong += [f"at {width} px {size}, {frame.url}: {said}" for said in frame.evaluate(WRONG)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", sorted({path for paths in PAGES.values() for path in paths}))
def test_nothing_on_a_page_lies_beside_the_screen(look: Callable[..., Reader], path: str):
    reader = look("instructor")
    reader.go_to(path)
    check(reader)


def test_nor_does_anything_of_the_lesson_that_comes_with_the_site(sit_down: Callable[..., Reader], site: RunningSite):
    reader = sit_down(site)
    reader.go_to(SHIPPED)
    expect(reader.page.locator(".sample .copy")).to_have_count(2)
    check(reader)


WRONG_TEXT = f"## {LINE}\n\n- [x] {LINE}\n- [x] {LINE}\n\n```\n{CODE}\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"do": "save", "base": "0", "text": f"## {LINE}? {{#new}}\n\n- [x] {WORD}\n- [ ] {CODE}\n"}, 409),
        ({"do": "check", "text": WRONG_TEXT}, 200),
        ({"do": "save", "text": WRONG_TEXT}, 422),
    ],
    ids=["two at once", "checked", "not saved"],
)
def test_nor_does_what_the_studio_says_of_a_text(
    look: Callable[..., Reader], people: dict[str, Visitor], sent: dict[str, str], status: int
):
    """What a form is answered with stands at no address, so it is shown at one of the test's own."""
    reader, said = look("instructor"), people["instructor"].submit(f"/teach/edit/{LESSON}/quiz.md", **sent)
    while said.status == 303:
        said = people["instructor"].get(said.headers["Location"])
    assert said.status == status, said.text
    headers = {name: said.headers[name] for name in ("Content-Type", "Content-Security-Policy")}
    reader.page.route("**/said-to-the-test/", lambda route: route.fulfill(body=said.body, headers=headers))
    reader.go_to("/said-to-the-test/")
    check(reader)
    reader.page.unroute("**/said-to-the-test/")


@pytest.mark.parametrize("who", ["", "beginner"])
@pytest.mark.parametrize("path", [f"/lessons/{LESSON}/performance/", QUIZ])
def test_nor_does_a_question_that_is_open(look: Callable[..., Reader], who: str, path: str):
    reader = look(who)
    reader.go_to(path)
    reader.page.locator(".question.open").wait_for()
    check(reader)


def test_nor_does_what_comes_of_a_file_from_elsewhere(look: Callable[..., Reader]):
    reader = look("instructor")
    reader.go_to(f"{STUDIO}exchange/")
    reader.page.get_by_label("Or its text").fill(GIFT)
    reader.page.get_by_role("button", name="Show what comes of it").click()
    reader.page.get_by_role("heading", name="What comes of it").wait_for()
    check(reader)
