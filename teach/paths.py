"""The paths of content files in addresses: hostile until they are known to be ones."""

from frontdoor.problems import Missing
from lessons import registry
from lessons.catalog import catalog
from lessons.files import COURSE
from lessons.pictures import is_picture
from lessons.writing import NoContentPath, check_path


def known_path(path: str) -> str:
    """A path that a content file can have, in a folder that there is.

    Raises:
        Missing: it is none.
    """
    try:
        check_path(path)
    except NoContentPath as error:
        raise Missing(str(error)) from None
    folder = path.partition("/")[0]
    if path != COURSE and folder not in folders():
        raise Missing("There is no such lesson.")
    return path


def is_content(path: str) -> bool:
    """Whether a file that lies in the content is one that is read: a README, or a folder of notes, is none."""
    try:
        check_path(path)
    except NoContentPath:
        return False
    return True


def folders() -> set[str]:
    """The folders of lessons that there are, also of those that the course does not name."""
    return {path.partition("/")[0] for path in catalog().files.stamps() if path != COURSE}


def written_by(path: str) -> str:
    """The command that writes such a file, where no author does; else empty."""
    kind = registry.kinds.get(path.partition("/")[2])
    return kind.written_by if kind else ""


def is_text(path: str) -> bool:
    """Whether a file is text, to be edited here."""
    return not is_picture(path.partition("/")[2])
