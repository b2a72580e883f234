"""Posting, answering, taking back, and finding what others posted."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.finder import LONGEST, Finder
from communities.models import Community, Post, Reply
from communities.models.community import CommunityQuerySet
from portal.practice.vocabulary import terms
from portal.web.forms import Form, LongText, ModelForm

# Every form that says something to others brings it: pressed twice, it is said once.
REASON = {"required": _("Say why: whoever wrote it reads this.")}


class Once(forms.Form):
    """Names what is said by it, so that a second press changes nothing."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


ABOUT = ["principle", "phase", "skill"]


class AboutForm(ModelForm):
    """What it is about, from the field's vocabulary."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ABOUT:
            # The words that the process keeps: the database is asked for the one that is sent.
            self.fields[name].choices = [("", _("None in particular")), *terms()[name]]  # type: ignore[attr-defined]


class PostForm(AboutForm):
    """A post's words, to publish or to change."""

    class Meta:
        model = Post
        fields = ["kind", "title", "situation", "happened", "learned", *ABOUT]
        widgets = {
            "kind": forms.RadioSelect,
            "situation": LongText({"rows": 3}),
            "happened": LongText({"rows": 4}),
            "learned": LongText({"rows": 3}),
        }
        help_texts = {"situation": _("What others need to know to picture it.")}
        error_messages = {
            "kind": {"required": _("Say whether it worked.")},
            "title": {"required": _("Give it a few words that others find it by.")},
            "happened": {"required": _("Write what happened.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Post.Kind.choices  # type: ignore[attr-defined]


class NewPostForm(Once, PostForm):
    """And the community that reads it; not asked when there is only one."""

    community = forms.ModelChoiceField(
        Community.objects.none(), label=_("Who reads it"), empty_label=None
    )
    field_order = ["community"]

    def __init__(self, *args: Any, communities: CommunityQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["community"]
        field.queryset = communities  # type: ignore[attr-defined]
        if len(communities) == 1:
            field.widget, self.initial["community"] = forms.HiddenInput(), communities[0]


COMMENT = "comment"


class ReplyForm(ModelForm):
    """A comment, or how it went for oneself."""

    went = forms.TypedChoiceField(
        label=_("This is"),
        choices=[(COMMENT, _("A comment")), *Reply.Went.choices],
        coerce=lambda went: "" if went == COMMENT else went,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Reply
        fields = ["went", "text"]
        widgets = {"text": LongText({"rows": 3})}
        error_messages = {"text": {"required": _("Write a few words.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["went"] = self.instance.went or COMMENT


class NewReplyForm(Once, ReplyForm):
    pass


class TakeDownForm(Form):
    """Why a host takes down what somebody wrote."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=LongText({"rows": 3}),
        help_text=_("Its author is told that you took it down, and reads this."),
        error_messages=REASON,
    )


class FinderForm(Form):
    """The words and filters of a finder, as the address has them. It is drawn and never checked:
    the finder reads the address. (So nothing in it is called optional.)"""

    q = forms.CharField(
        label=_("Search"), max_length=LONGEST, widget=forms.TextInput({"type": "search"})
    )

    def __init__(self, finder: Finder) -> None:
        super().__init__(initial={"q": finder.words, **finder.chosen}, auto_id="find_%s")
        for each in finder.filters:
            self.fields[each.name] = forms.ChoiceField(
                label=each.label, choices=[("", each.anything), *each.choices]
            )
