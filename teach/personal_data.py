"""What the studio keeps of an account: for "My data" and its download."""

from collections.abc import Mapping
from typing import Any

from learners.models import Account
from teach.models import Draft, Invitation, Revision, SentPage

SAYS = (
    "In the studio: drafts, the names of pages of the editor that you sent, and invitation links, which go with the"
    " account, and the versions of files that you saved, which stay without your name. All of them are in the download."
)


def kept_of(account: Account) -> Mapping[str, Any]:
    """Everything that hangs on an account, the oldest first, as plain JSON. Times are in ISO 8601."""
    return {
        "drafts": [
            {
                "path": draft.path,
                "text": draft.text,
                "base": draft.base,
                "page": draft.page,
                "changed": draft.changed.isoformat(),
            }
            for draft in Draft.objects.filter(account=account).order_by("pk")
        ],
        "sent_pages": [
            {"page": left.page, "sent": left.sent.isoformat()}
            for left in SentPage.objects.filter(account=account).order_by("pk")
        ],
        "versions": [
            {"path": saved.path, "text": saved.text, "why": saved.why, "created": saved.created.isoformat()}
            for saved in Revision.objects.filter(account=account).order_by("pk")
        ],
        "invitations": [
            {"created": link.created.isoformat(), "expires": link.expires.isoformat()}
            for link in Invitation.objects.filter(account=account).order_by("pk")
        ],
    }
