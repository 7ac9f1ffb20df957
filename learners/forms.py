"""What the forms of an account take, and what they say to the rest. Templates of our own draw them."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from learners.models import Account

LONGEST_NAME = 60  # characters
LONGEST_PASSWORD = 256  # characters
LONGEST_WAY = 500  # characters of an address

NAME_RULE = "Up to 60 letters, digits, and @ . + - _ without spaces. Capital and small letters are the same."
NO_NAME = "Only letters, digits, and @ . + - _ can be in a name, and no spaces."
STRENGTH_RULE = (
    "At least 10 characters, not only digits, not like the name or the e-mail address, and none of the passwords that"
    " everybody tries first."
)
EMAIL_RULE = (
    "Optional. It is used for a link to a new password and for nothing else. Without it, a lost password is lost."
)


class Name(forms.CharField):
    """The name of an account, given back as it is kept."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})
        missing = {"required": "Type the name of the account."}
        super().__init__(max_length=LONGEST_NAME, widget=widget, error_messages=missing, **kwargs)

    def to_python(self, value: Any) -> str:
        """Give it as it is kept. Only then is it checked: what it becomes may be longer than what was typed."""
        return Account.normalize_username(super().to_python(value) or "")


class Password(forms.CharField):
    """A password. Nothing is taken off it, and a response never carries it back."""

    def __init__(self, autocomplete: str, missing: str = "Type the password.", **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        messages = {"required": missing}
        super().__init__(max_length=LONGEST_PASSWORD, strip=False, widget=widget, error_messages=messages, **kwargs)


class Email(forms.EmailField):
    """An e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {
            "invalid": "That is no e-mail address: it looks like ada@example.org.",
            "required": "Type the address.",
        }
        widget = forms.EmailInput(attrs={"autocomplete": "email"})
        super().__init__(max_length=254, widget=widget, error_messages=messages, **kwargs)


class NewPassword(forms.Form):
    """A new password, typed twice. `account` is whose it will be: a password must not be like its name."""

    password = Password("new-password", label="New password", help_text=STRENGTH_RULE)
    again = Password("new-password", "Type the password a second time.", label="The same once more")

    def __init__(self, *args: Any, account: Account | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean(self) -> dict[str, Any]:
        """Hold it against the rules, and against the second one."""
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password is None:
            return cleaned
        try:
            validate_password(password, self.account)
        except ValidationError as error:
            self.add_error("password", error)
        if again is not None and again != password:
            self.add_error("again", "The two are not the same. Type both again.")
        return cleaned


class SignUp(NewPassword):
    """A name, an address if they like, and a password."""

    name = Name(label="Name", help_text=NAME_RULE, validators=[UnicodeUsernameValidator(message=NO_NAME)])
    email = Email(label="E-mail address", help_text=EMAIL_RULE, required=False)
    field_order = ("name", "email", "password", "again")

    def clean(self) -> dict[str, Any]:
        """Hold the password against what else was typed."""
        typed = self.cleaned_data
        self.account = Account(username=typed.get("name", ""), email=typed.get("email", ""))
        return super().clean()


class SignIn(forms.Form):
    """A name and its password. `join` adds what was done in this browser to what the account has."""

    name = Name(label="Name")
    password = Password("current-password", label="Password")
    join = forms.BooleanField(
        label="Add what was done in this browser",
        help_text="Untick it when somebody else did it. It then stays with nobody, and cannot be seen again.",
        required=False,
        initial=True,
    )
    # Tells a box that was not ticked from one that was not there, because nothing was kept yet when the page was sent.
    offered = forms.BooleanField(widget=forms.HiddenInput, required=False, initial=True)
    next = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, can_join: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_join:
            del self.fields["join"], self.fields["offered"]

    def clean_next(self) -> str:
        """Where to go on. Nobody sees this field, so what is too long for an address keeps nobody out."""
        way: str = self.cleaned_data["next"]
        return way if len(way) <= LONGEST_WAY else ""

    @property
    def wants_to_join(self) -> bool:
        """Whether to add what was done in this browser: as they said, and if they were not asked, yes."""
        return "join" in self.fields and (self.cleaned_data["join"] or not self.cleaned_data["offered"])


class KnowsPassword(forms.Form):
    """A change that needs the password as it is."""

    current = Password("current-password", label="Password now")
    account: Account | None

    def clean_current(self) -> str:
        """Who sits at a browser that was left signed in must not be able to take the account."""
        current: str = self.cleaned_data["current"]
        if self.account is None or not self.account.check_password(current):
            raise ValidationError("That is not the password of this account.")
        return current


class ChangePassword(NewPassword, KnowsPassword):
    """The password as it is, and a new one."""

    field_order = ("current", "password", "again")


class ChangeEmail(KnowsPassword):
    """Another address, or none."""

    email = Email(label="E-mail address", help_text=EMAIL_RULE, required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account


class AskReset(forms.Form):
    """The e-mail address to which a link to a new password is sent."""

    email = Email(label="E-mail address")
