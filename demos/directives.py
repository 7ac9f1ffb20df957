"""The block of the live demo: two lanes side by side, under the samples that they stand for."""

from demos.seconds import DEFAULT, LARGEST
from lessons.registry import Directive, Files, OptionRule, RenderedBlock, register_directive


def _lanes(block: RenderedBlock, files: Files) -> dict[str, str]:
    # An option that is checked, but written as the author likes ("3.0", "1e0"): the endpoints take plain notation only.
    seconds = float(block.options.get("seconds") or DEFAULT)
    return {"seconds": f"{seconds:.3f}".rstrip("0").rstrip(".")}


def register() -> None:
    """Tell the lessons of it."""
    register_directive(
        Directive(
            name="demo",
            template="demos/_lanes.html",
            options={"seconds": OptionRule(bounds=(0.0, LARGEST))},
            needs_argument=True,
            takes_prose=False,
            context=_lanes,
            scripts=("js/lanes.js",),
        )
    )
