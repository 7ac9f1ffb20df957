"""What shows only when the programs in the content are run. On the command line alone: nothing else runs content."""

from collections.abc import Iterator
from pathlib import Path

from lessons import registry
from lessons.catalog import Catalog, FileProblem


def run(root: Path, own: Path | None = None) -> Iterator[FileProblem]:
    """Run the programs of every file that is in order, one after the other. What has an error is not run."""
    catalog = Catalog(root, None, own)
    catalog.refresh()
    for lesson in catalog.course.lessons.values():
        for filename, value in lesson.files.items():
            if run_programs := registry.runs.get(filename):
                path = f"{lesson.slug}/{filename}"
                yield from catalog.located(path, catalog.files.text(path), run_programs(value))
