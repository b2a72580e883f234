"""A file or a link for a community. What a file is, its content says."""

from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from communities.content_types import ENDINGS, type_of
from communities.forms.exchange import ABOUT, AboutForm, Once
from communities.models import Resource
from portal.web.forms import LongText

LONGEST_NAME = 150  # characters


class ResourceForm(AboutForm):
    """The words about it: what can be changed later."""

    class Meta:
        model = Resource
        fields = ["title", "description", *ABOUT]
        widgets = {"description": LongText({"rows": 3})}
        error_messages = {"title": {"required": _("Give it a title.")}}


class NewResourceForm(Once, ResourceForm):
    """And the file, or the link."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_(
            "A PDF, a picture, plain text or an Office document without macros, 20 MB at most. No"
            " family’s name or face in it."
        ),
        widget=forms.FileInput({"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
        error_messages={
            "empty": _("There is nothing in this file. Choose another."),
            "max_length": _("The file’s name is too long. Make it shorter and choose it again."),
        },
    )
    link = forms.URLField(
        label=_("Or a link"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=_("Where it is on the web: https://…"),
        error_messages={"invalid": _("Enter a web address, like https://example.org/guide.")},
    )
    field_order = ["title", "file", "link", "description", *ABOUT]

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith(("http://", "https://")):
            raise forms.ValidationError(_("Enter a web address, like https://example.org/guide."))
        return link

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if not file:
            return None
        size = file.size or 0
        if size > settings.LARGEST_FILE:
            raise forms.ValidationError(
                _(
                    "This file is %(size)s, and %(most)s is the most. Make it "
                    "smaller, or share a link to it instead."
                ),
                params={
                    "size": filesizeformat(size),
                    "most": filesizeformat(settings.LARGEST_FILE),
                },
            )
        found = type_of(cast(BinaryIO, file.file))
        if found is None:
            raise forms.ValidationError(
                _(
                    "What is in this file is none of these: PDF, PNG, JPEG, GIF, WebP, plain text,"
                    " Word, Excel, PowerPoint, OpenDocument. Save it as one of them."
                )
            )
        ending = PurePath(file.name or "").suffix.lstrip(".").lower()
        if ending not in found.endings:
            raise forms.ValidationError(
                _(
                    "The file’s name ends in “%(ending)s”, and its content is %(what)s. Give it"
                    " the name that fits, and choose it again."
                ),
                params={"ending": f".{ending}", "what": found.endings[0].upper()},
            )
        self.instance.content_type = found.mime
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, link = given.get("file"), given.get("link")
        if "file" in self.errors or "link" in self.errors:
            return given
        if bool(file) == bool(link):
            words = _("Choose a file or give a link.")
            both = _("Choose a file or give a link: one of the two.")
            self.add_error("file", both if file else words)
        elif file and self.errors:
            self.add_error("file", _("Choose the file again: a browser does not keep it."))
        return given

    def _post_clean(self) -> None:
        # The row is made by Resource.share: here the file has no place yet.
        pass

    def resource(self) -> dict[str, Any]:
        """What `Resource.share` takes."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if file := given.get("file"):
            given |= {
                "content_type": self.instance.content_type,
                "size": file.size,
                "file_name": get_valid_filename(PurePath(file.name).name)[-LONGEST_NAME:],
            }
        return given
