"""Lessons as a whole: begun, retired and brought back; pictures put beside them; everything written here taken home."""

import io
import zipfile
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.negotiation import never_stored
from frontdoor.problems import problem
from frontdoor.responses import see_other
from learners.models import Account
from lessons import new_lesson, writing
from lessons.catalog import catalog
from lessons.files import COURSE, LARGEST, Unreadable
from lessons.pictures import NoPicture, is_picture
from lessons.reading import SLUG
from lessons.writing import digest_now
from teach import drafts, responses, saving
from teach.instructors import for_instructors
from teach.paths import folders, is_content, known_path

LONGEST_TITLE = 120  # characters


@for_instructors
@takes("GET", "HEAD", "POST", token=True)
def begin(request: HttpRequest, account: Account) -> HttpResponse:
    """Begin a lesson: a folder with two files to write over, named in course.toml."""
    if request.method != "POST":
        return _new_page(request)
    slug = request.POST.get("slug", "").strip()
    title = " ".join(request.POST.get("title", "").split())[:LONGEST_TITLE]
    try:
        _expect_new(slug)
        base = digest_now(catalog(), COURSE)  # before the text: what is saved from here on is a conflict
        course = new_lesson.with_lesson(drafts.text_of_file(COURSE), slug)
        with saving.all_or_none(account) as put:
            for path, text in new_lesson.files_of(slug, title or slug).items():
                put(path, text, "A new lesson")
            saving.save(account, COURSE, course, base=base, why=f"A new lesson: {slug}")
    except (new_lesson.Unchanged, saving.NotSaved, OSError) as refusal:
        return _new_page(request, slug, title, _told(refusal))
    return see_other(reverse("teach:edit", args=[f"{slug}/learn.md"]) + "?begun")


def _expect_new(slug: str) -> None:
    if not SLUG.fullmatch(slug):
        raise new_lesson.Unchanged("An address has 1 to 100 letters, digits, - and _.")
    if slug in folders():
        raise new_lesson.Unchanged(f"There is a lesson “{slug}” already.")


@for_instructors
@takes("POST", token=True)
def retire(request: HttpRequest, account: Account, lesson: str) -> HttpResponse:
    """Take a lesson out of the course. Its files, and what learners did, stay."""
    return _change_course(request, account, lesson, "retired")


@for_instructors
@takes("POST", token=True)
def bring_back(request: HttpRequest, account: Account, lesson: str) -> HttpResponse:
    """Put a retired lesson back, or one that the course does not name yet, as the last one."""
    return _change_course(request, account, lesson, "back")


def _change_course(request: HttpRequest, account: Account, lesson: str, done: str) -> HttpResponse:
    base = digest_now(catalog(), COURSE)  # before the text: what is saved in between is a conflict
    before = drafts.text_of_file(COURSE)
    try:
        if done == "retired":
            text = new_lesson.retiring(before, lesson)
        elif lesson in catalog().course.retired:
            text = new_lesson.bringing_back(before, lesson)
        else:
            text = new_lesson.with_lesson(before, lesson)
        saving.save(account, COURSE, text, base=base, why=f"{lesson}: {done}")
    except (new_lesson.Unchanged, saving.NotSaved, OSError) as refusal:
        way_out = (reverse("teach:studio"), "To the studio")
        return problem(request, HTTPStatus.CONFLICT, "Nothing was changed", _told(refusal), way_out=way_out)
    return see_other(reverse("teach:studio") + f"?{done}")


@for_instructors
@takes("POST", token=True, files=True)
def put_picture(request: HttpRequest, account: Account, lesson: str) -> HttpResponse:
    """Put a picture beside a lesson's files, under the name that it was sent with."""
    way_out = (reverse("teach:studio"), "To the studio")
    sent = request.FILES.get("picture")
    if sent is None or not sent.name or not is_picture(sent.name):
        reason = "Choose a file that ends in .svg, .png, .jpg, .webp or .gif and is named in letters, digits, - and _."
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "No picture", reason, way_out=way_out)
    path = known_path(f"{lesson}/{sent.name}")
    raw = sent.read(LARGEST + 1)
    try:
        saving.put_picture(path, raw, replaces="replace" in request.POST)
    except (NoPicture, writing.TooLarge, writing.NoContentPath, OSError) as error:
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "No picture", _told(error), way_out=way_out)
    except writing.Changed:
        reason = f"{path} is there already. Give yours another name, or tick “Replace one of the same name”."
        return problem(request, HTTPStatus.CONFLICT, "Nothing was put there", reason, way_out=way_out)
    return see_other(reverse("teach:edit", args=[path]))


@for_instructors
@takes("GET", "HEAD")
def download(request: HttpRequest, account: Account) -> HttpResponse:
    """Everything that was written here, as a ZIP file that can be unpacked over content/ in a checkout."""
    files = catalog().files
    body = io.BytesIO()
    path = ""
    try:
        with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as pack:
            for path in sorted(path for path in files.stamps() if is_content(path) and files.is_own(path)):
                pack.writestr(path, files.raw(path))
    except Unreadable as error:
        way_out = (reverse("teach:studio"), "To the studio")
        return problem(request, HTTPStatus.CONFLICT, "Not packed", f"{path} cannot be read: {error}.", way_out=way_out)
    headers = {"Content-Disposition": 'attachment; filename="offload-content.zip"'}
    return never_stored(HttpResponse(body.getvalue(), content_type="application/zip", headers=headers))


def _told(refusal: Exception) -> str:
    if isinstance(refusal, OSError):
        return f"It could not be written ({refusal.strerror})."
    wrong = refusal.found.errors if isinstance(refusal, saving.HasErrors) else ()
    return " ".join([str(refusal), *map(str, wrong)])


def _new_page(request: HttpRequest, slug: str = "", title: str = "", message: str = "") -> HttpResponse:
    context = {"slug": slug, "title": title, "message": message}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if message else HTTPStatus.OK
    return responses.page(request, "new_lesson", context, status)
