"""What the editor's form carries beside the text. Whatever is malformed is as if it were not there."""

import re

from django.http import HttpRequest

from teach.saving import LONGEST_WHY

DIGEST = re.compile(r"[0-9a-f]{64}")
PAGE = re.compile(r"[0-9a-f]{16}")


def digest_sent(request: HttpRequest, name: str) -> str:
    """The digest of what the writer had before them; empty for no file, or no draft."""
    sent = request.POST.get(name, "")
    return sent if DIGEST.fullmatch(sent) else ""


def page_sent(request: HttpRequest) -> str:
    """The name of the page on which something was typed."""
    sent = request.POST.get("page", "")
    return sent if PAGE.fullmatch(sent) else ""


def why_sent(request: HttpRequest) -> str:
    """Why something is saved, in the words of who saves it."""
    sent = request.POST.get("why", "") or request.GET.get("why", "")
    return " ".join(sent.replace("\0", "").split())[:LONGEST_WHY]
