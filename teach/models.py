"""What the studio keeps beside the content files, which stay the truth: drafts, earlier versions, invitations."""

from typing import ClassVar

from django.db import models

from learners.models import Account


class Draft(models.Model):
    """A text of a content file that an instructor has not saved yet.

    `path` is the file's under the root of the content, `base` the digest of what was there when the draft was begun
    (lessons/files.py), or empty when there was no file. `page` names the page that wrote it last: of two windows of one
    instructor, neither takes what was typed in the other.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=220)
    text = models.TextField()
    base = models.CharField(max_length=64, blank=True)
    page = models.CharField(max_length=16, blank=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "path"], name="teach_draft_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.path}, a draft"


class SentPage(models.Model):
    """A page of the editor whose form was sent by a button, so that another page has taken its place.

    What it sent by itself before that, and what is still under way, becomes no draft. `page` is its name.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sent_pages")
    page = models.CharField(max_length=16)
    sent = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "page"], name="teach_page_sent_once"),
        ]

    def __str__(self) -> str:
        return self.page


class Revision(models.Model):
    """A version of a content file, as it was from some time on: who wrote it, when and why.

    `digest` is that of the text, or empty when the file was taken away. `account` is None for what was found: written
    outside the studio, shipped, or by an account that is no more.
    """

    path = models.CharField(max_length=220)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="revisions")
    why = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["path", "created"], name="teach_revision_by_path")]

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


class Invitation(models.Model):
    """A link that makes one account an instructor, once. Only a digest of its secret is kept."""

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="invitations")
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.expires:%Y-%m-%d %H:%M}"
