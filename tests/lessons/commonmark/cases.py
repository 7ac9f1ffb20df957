"""Markdown of a few lines each, written by hand, by what it is about: the files in cases/.

A line of `%` stands between two. A space at the end of a line is written `·`, a tab `→` and a no-break space `⍽`:
nobody sees them otherwise, and some editors take them away. What a code host shows of a case is the reader’s to say
(code_host.py). None is taken from the examples of the specification.
"""

from pathlib import Path

FOLDER = Path(__file__).with_name("cases")
UNSEEN = str.maketrans({"·": " ", "→": "\t", "⍽": "\u00a0"})

CASES = {
    path.stem: [case.strip("\n") + "\n" for case in f"\n{path.read_text().translate(UNSEEN)}".split("\n%\n")]
    for path in sorted(FOLDER.glob("*.md"))
}
