"""Earlier versions of a file: which there are, what differs, and how one of them comes back."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.problems import Missing, problem
from frontdoor.responses import see_other
from learners.models import Account
from lessons.catalog import catalog
from lessons.files import Unreadable
from lessons.writing import digest_now
from teach import drafts, history, responses, saving
from teach.comparing import compared
from teach.instructors import for_instructors
from teach.models import Revision
from teach.paths import is_text, known_path, written_by


@for_instructors
@takes("GET", "HEAD", token=True)
def versions(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    """Every version that is remembered of a file. What was written outside since is one of them from now on."""
    _expect_text(path)
    history.remember_present(catalog(), path)
    files = catalog().files
    context = {
        "path": path,
        "versions": history.versions_of(path),
        "now": digest_now(catalog(), path),
        "is_own": files.is_own(path),
        "is_shipped": files.is_shipped(path),
    }
    return responses.page(request, "versions", context)


@for_instructors
@takes("GET", "HEAD", "POST", token=True)
def version(request: HttpRequest, account: Account, pk: int) -> HttpResponse:
    """An earlier version beside the file as it is; a POST puts it into the editor, where it can be saved."""
    earlier = Revision.objects.filter(pk=pk).select_related("account").first()
    if earlier is None:
        raise Missing("There is no such version.")
    _expect_text(earlier.path)
    if request.method == "POST":
        drafts.keep(account, earlier.path, earlier.text, digest_now(catalog(), earlier.path))
        return see_other(reverse("teach:edit", args=[earlier.path]) + "?restored")
    now = drafts.text_of_file(earlier.path)
    context = {"path": earlier.path, "version": earlier, "rows": compared(earlier.text, now), "text": earlier.text}
    return responses.page(request, "version", context)


@for_instructors
@takes("GET", "HEAD", "POST", token=True)
def shipped(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    """The shipped version beside what was written here; a POST goes back to it. Where none was shipped, it removes."""
    known_path(path)
    files = catalog().files
    if not files.is_own(path):
        raise Missing("This file is as it was shipped.")
    if request.method == "POST":
        try:
            saving.take_back(account, path, base=request.POST.get("base", "")[:64], why="Removed")
        except saving.NotSaved as refusal:
            wrong = [str(found) for found in refusal.found.errors] if isinstance(refusal, saving.HasErrors) else []
            reason = " ".join([*(["It is still needed, so nothing was changed:"] if wrong else [str(refusal)]), *wrong])
            return problem(request, HTTPStatus.CONFLICT, "Not taken back", reason, way_out=(request.path, "Back"))
        except OSError as error:
            reason = f"It could not be removed ({error.strerror}), so nothing was changed."
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return problem(request, status, "Not taken back", reason, way_out=(request.path, "Back"))
        return see_other(reverse("teach:studio") + "?taken-back")
    try:
        text = files.shipped_text(path) if files.is_shipped(path) and is_text(path) else ""
    except Unreadable as error:
        text = f"({error})"
    context = {
        "path": path,
        "is_shipped": files.is_shipped(path),
        "is_text": is_text(path),
        "rows": compared(text, drafts.text_of_file(path)) if is_text(path) else [],
        "base": digest_now(catalog(), path),
    }
    return responses.page(request, "shipped", context)


def _expect_text(path: str) -> None:
    if not is_text(known_path(path)) or written_by(path):
        raise Missing("Versions are kept of what is written here: texts, and no pictures or measured runs.")
