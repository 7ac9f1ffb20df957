"""What comes from elsewhere is what its README says."""

import hashlib
import re

from config.environment import ROOT

EDITOR = ROOT / "static/vendor/codemirror"
IMPORT = re.compile(r'^import \{([^}]+)\} from "\.\./vendor/codemirror/codemirror\.js";', re.MULTILINE)
EXPORT = re.compile(r"^    export \{(.+)\} from", re.MULTILINE)


def names_in(lists: list[str]) -> set[str]:
    return {name.strip() for names in lists for name in names.split(",")} - {""}


def test_the_vendored_editor_is_the_file_that_its_readme_describes():
    module = (EDITOR / "codemirror.js").read_bytes()
    readme = (EDITOR / "README.md").read_text()
    assert hashlib.sha256(module).hexdigest() in readme
    assert f"{len(module):,} bytes" in readme


def test_the_vendored_editor_is_built_from_what_is_used_and_no_more():
    imports = [names for path in (ROOT / "static/js").glob("*.js") for names in IMPORT.findall(path.read_text())]
    assert names_in(imports) == names_in(EXPORT.findall((EDITOR / "README.md").read_text()))


def test_no_vendored_module_names_a_source_map():
    modules = list((ROOT / "static/vendor").rglob("*.js"))
    assert modules
    assert [path.name for path in modules if b"sourceMappingURL" in path.read_bytes()] == []
