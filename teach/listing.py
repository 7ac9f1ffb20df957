"""What there is in the content: every lesson with its files, where each comes from, and its state."""

from collections.abc import Iterable
from dataclasses import dataclass

from learners.models import Account
from lessons import registry
from lessons.catalog import Catalog, FileProblem
from lessons.files import COURSE
from lessons.modes import MODES
from lessons.pictures import is_picture
from quiz.reading import QUIZ
from teach.checking import counted
from teach.models import Draft
from teach.paths import is_content, is_text, written_by


@dataclass(frozen=True)
class ListedFile:
    """A content file. `origin` is "shipped", "changed here" or "only here"."""

    path: str
    label: str
    origin: str
    errors: int
    warnings: int
    has_draft: bool
    written_by: str

    @property
    def is_text(self) -> bool:
        """Whether it is written here, so that it has versions."""
        return is_text(self.path) and not self.written_by

    @property
    def state(self) -> str:
        """Fine, or how much is wrong, in words."""
        return ", ".join(counted(self.errors, self.warnings)) or "fine"

    @property
    def state_class(self) -> str:
        """Which of the three it is."""
        return "wrong" if self.errors else "doubtful" if self.warnings else "fine"


@dataclass(frozen=True)
class ListedLesson:
    """A lesson's folder. `state` is "shown", "retired", or "not in the course"."""

    slug: str
    title: str
    state: str
    files: tuple[ListedFile, ...]
    has_quiz: bool  # one that learners are asked
    absent: tuple[tuple[str, str], ...]  # the files that it could have besides, as (path, label)


def listed(catalog: Catalog, account: Account) -> tuple[ListedFile | None, list[ListedLesson]]:
    """The course's own file, and every lesson: those of the course in their order, then the others."""
    paths = [path for path in catalog.files.stamps() if is_content(path)]
    drafts = set(Draft.objects.filter(account=account).values_list("path", flat=True))
    course = catalog.course
    files = {path: _file(catalog, path, course.problems, has_draft=path in drafts) for path in paths}
    folders = sorted({path.partition("/")[0] for path in paths if path != COURSE})
    order = [*course.lessons, *(folder for folder in folders if folder not in course.lessons)]
    lessons = [_lesson(catalog, slug, [file for path, file in files.items() if _is_in(path, slug)]) for slug in order]
    return files.get(COURSE), lessons


def _is_in(path: str, slug: str) -> bool:
    return path.startswith(f"{slug}/")


def _lesson(catalog: Catalog, slug: str, files: Iterable[ListedFile]) -> ListedLesson:
    course = catalog.course
    listed = sorted(files, key=lambda file: _place(file.path))
    names = {file.path.partition("/")[2] for file in listed}
    could_be = [
        *(f"{mode}.md" for mode in MODES),
        *(name for name, kind in registry.kinds.items() if not kind.written_by),
    ]
    return ListedLesson(
        slug=slug,
        title=course.lessons[slug].title if slug in course.lessons else slug,
        state="shown" if slug in course.lessons else "retired" if slug in course.retired else "not in the course",
        files=tuple(listed),
        has_quiz=course.get(slug, QUIZ) is not None,
        absent=tuple((f"{slug}/{name}", label_of(name)) for name in could_be if name not in names),
    )


def _place(path: str) -> tuple[int, str]:
    """Modes in their order, then what else is text, then pictures."""
    name = path.partition("/")[2]
    modes = [f"{mode}.md" for mode in MODES]
    if name in modes:
        return modes.index(name), ""
    return len(modes) + is_picture(name), name


def label_of(name: str) -> str:
    """What a file is, in a word or two."""
    kind = registry.kinds.get(name)
    return MODES.get(name.removesuffix(".md")) or (kind.label if kind else name)


def _file(catalog: Catalog, path: str, problems: Iterable[FileProblem], *, has_draft: bool) -> ListedFile:
    of_file = [problem for problem in problems if problem.file == path]
    is_own, is_shipped = catalog.files.is_own(path), catalog.files.is_shipped(path)
    return ListedFile(
        path=path,
        label=label_of(path.partition("/")[2] or path),
        origin=("changed here" if is_shipped else "only here") if is_own else "shipped",
        errors=sum(not problem.problem.warning for problem in of_file),
        warnings=sum(problem.problem.warning for problem in of_file),
        has_draft=has_draft,
        written_by=written_by(path),
    )
