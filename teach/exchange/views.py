"""The page on which questions come in from other systems, and go out to them. Nothing is kept between two requests."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.negotiation import never_stored
from frontdoor.problems import problem
from frontdoor.responses import see_other
from learners.models import Account
from lessons.catalog import Lesson, course
from lessons.scanning import Problem
from teach import apart, responses
from teach.checking import GIVEN_UP, no_text
from teach.composing import appended
from teach.drafts import going_on, keep, text_of_file
from teach.exchange.decoding import ENCODINGS, NoText, WhichEncoding, checked, text_of
from teach.exchange.exporting import gift_of
from teach.exchange.formats import FORMATS
from teach.exchange.importing import Imported, imported_beside
from teach.exchange.preview import previewed
from teach.instructors import for_instructors


class NotTaken(Exception):
    """Something that cannot be taken. Says why, and what to do."""


@for_instructors
@takes("GET", "HEAD", "POST", token=True, any_text=True, files=True)
def exchange(request: HttpRequest, account: Account, lesson: str) -> HttpResponse:
    """The forms; or what would come of a file; or, with `do=take`, the questions that were chosen into the draft."""
    found = _lesson(lesson)
    if request.method != "POST":
        return _page(request, found)
    text = str(request.POST.get("text", ""))
    try:
        text, guessed = _sent(request, text)
        read = apart.run(imported_beside, text, lesson, going_on(account, f"{lesson}/quiz.md")[0], _format(request))
        if request.POST.get("do") == "take":
            return _taken(request, account, found, text, read)
    except NotTaken as reason:
        return _page(request, found, text=text, message=str(reason))
    except apart.GivenUp:
        return _page(request, found, text=text, message=f"The file: {GIVEN_UP}.")
    return _page(request, found, text=text, read=read, guessed=guessed)


@for_instructors
@takes("GET", "HEAD", token=True)
def export(request: HttpRequest, account: Account, lesson: str) -> HttpResponse:
    """The quiz of a lesson, as it is, in GIFT."""
    _lesson(lesson)
    gift, _ = _exported(lesson)
    if not gift:
        detail = "No question of this lesson's quiz has a form in GIFT."
        way_out = (reverse("teach:exchange", args=[lesson]), "To the exchange")
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "Nothing to export", detail, way_out=way_out)
    headers = {"Content-Disposition": f'attachment; filename="{lesson}.gift.txt"'}
    return never_stored(HttpResponse(gift, content_type="text/plain; charset=utf-8", headers=headers))


def _exported(lesson: str) -> tuple[str, list[Problem]]:
    """The quiz in GIFT, and the report; nothing of one that takes too long."""
    try:
        return apart.run(gift_of, text_of_file(f"{lesson}/quiz.md"))
    except apart.GivenUp:
        return "", [Problem(1, 1, GIVEN_UP)]


def _lesson(slug: str) -> Lesson:
    found = course().lessons.get(slug)
    if found is None:
        raise Http404
    return found


def _format(request: HttpRequest) -> str:
    name = request.POST.get("format", "")
    return name if name in FORMATS else ""


def _encoding(request: HttpRequest) -> str:
    name = request.POST.get("encoding", "")
    return name if name in ENCODINGS else ""


def _sent(request: HttpRequest, pasted: str) -> tuple[str, str]:
    """The text of the file, or else what was pasted, and its encoding when that had to be guessed.

    Raises:
        NotTaken: there is none that can be read.
    """
    file = request.FILES.get("file")
    try:
        if file:
            return text_of(file.read(), _encoding(request))
        if pasted.strip():
            return checked(pasted), ""
    except WhichEncoding as reason:
        raise NotTaken(f"{reason} Then choose the file once more.") from None
    except NoText as reason:
        raise NotTaken(str(reason)) from None
    raise NotTaken("There is nothing to read yet: choose a file, or paste its text.")


def _taken(request: HttpRequest, account: Account, lesson: Lesson, text: str, read: Imported) -> HttpResponse:
    """Put what was chosen into the instructor's draft, and go on to where it is edited and saved."""
    chosen = set(request.POST.getlist("question"))
    markdown = [one.markdown for place, one in enumerate(read.questions, 1) if str(place) in chosen]
    if not markdown:
        message = "No question is chosen. Tick at least one."
        return _page(request, lesson, text=text, read=read, message=message, chosen=chosen)
    path = f"{lesson.slug}/quiz.md"
    source, base = going_on(account, path)
    for one in markdown:
        source = appended(source, one)
    if wrong := no_text(source):
        message = f"The quiz would be too large. {wrong} Or take fewer questions."
        return _page(request, lesson, text=text, read=read, message=message, chosen=chosen)
    keep(account, path, source, base)
    return see_other(reverse("teach:edit", args=[path]))


def _page(
    request: HttpRequest,
    lesson: Lesson,
    *,
    text: str = "",
    read: Imported | None = None,
    guessed: str = "",
    message: str = "",
    chosen: set[str] | None = None,
) -> HttpResponse:
    gift, report = _exported(lesson.slug)
    context = {
        "lesson": lesson,
        "text": text,
        "format": _format(request) if request.method == "POST" else "",
        "encodings": ENCODINGS,
        "encoding": _encoding(request) if request.method == "POST" else "",
        "preview": previewed(read, chosen) if read else None,
        "guessed": guessed,
        "message": message,
        "can_export": bool(gift),
        "export_report": report,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if message else HTTPStatus.OK
    return responses.page(request, "exchange/page", context, status)
