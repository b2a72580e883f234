"""Scores from another tool: handed in, columns named, looked at, then stored or left."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.import_forms import ColumnsForm, UploadForm
from fidelity.imports.percents import Columns, header_of
from fidelity.imports.work import NotText, opened
from fidelity.models import Upload
from fidelity.models.upload import KEPT_FOR
from portal import access
from portal.agencies.access import administers
from portal.agencies.models import Agency
from portal.people.background import after_commit
from portal.people.requests import Request
from portal.web.page import page

SAMPLE = 5  # rows that the columns are guessed from and shown by
LATEST = 20  # earlier uploads in the list
WORK = "fidelity.work_on_uploads"
TOO_LATE = gettext_lazy("It is being imported, or was: upload the file again to change it.")


@administers
def index(request: Request, agency: Agency) -> HttpResponse:
    return _handing_in(request, agency, UploadForm())


@administers
def new(request: Request, agency: Agency) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _handing_in(request, agency, form)
    file, now = form.cleaned_data["file"], timezone.now()
    upload = Upload.objects.create(
        agency=agency,
        by=request.user,
        kind=form.cleaned_data["kind"],
        name=file.name[-150:],
        file=file,
        lines=sum(chunk.count(b"\n") for chunk in file.chunks()) + 1,
        uploaded_at=now,
        expires_at=now + KEPT_FOR,
    )
    if upload.kind == Upload.Kind.CODES:  # its columns are known
        upload.map({})
        after_commit(WORK)
    return redirect(upload)


@access.record(Upload, "administered_by", select=("agency",))
def edit(request: Request, upload: Upload) -> HttpResponse:
    """Say what the columns are."""
    if upload.kind == Upload.Kind.CODES or upload.confirmed_at or not upload.file:
        return redirect("fidelity:imports.show", upload.pk)
    context: dict[str, Any] = {"upload": upload, "agency": upload.agency}
    try:
        with opened(upload) as text:
            header = header_of(text)
            sample = [row for row, _at in zip(header.lines, range(SAMPLE), strict=False)]
    except NotText as why:
        problem = why.problem
        return page(
            request, "fidelity/imports/edit.html", context | {"problems": [problem]}, status=422
        )
    if header.problems:
        context["problems"] = header.problems
        return page(request, "fidelity/imports/edit.html", context, status=422)
    form = ColumnsForm(
        request.POST or None, agency=upload.agency, names=header.names, sample=sample
    )
    if form.is_valid():
        upload.map(vars(form.columns()))
        after_commit(WORK)
        return redirect("fidelity:imports.show", upload.pk)
    context |= {"form": form, "names": header.names, "sample": sample}
    return page(request, "fidelity/imports/edit.html", context)


@access.record(Upload, "administered_by", select=("agency",))
def show(request: Request, upload: Upload) -> HttpResponse:
    """How far it is, what would change, what came of it; by POST the yes."""
    if not upload.mapped_at:
        return redirect(upload)
    if request.method == "POST":
        if upload.confirm():
            after_commit(WORK)
        return redirect("fidelity:imports.show", upload.pk)
    columns = Columns.of(upload.columns) if upload.columns else None
    context = {
        "upload": upload,
        "agency": upload.agency,
        "columns": columns,
        "is_codes": upload.kind == Upload.Kind.CODES,
        "percent": min(100, 100 * upload.done // max(upload.lines, 1)),
    }
    status = 422 if upload.problems else 200
    return page(
        request,
        "fidelity/imports/show.html",
        context,
        fragment="fidelity/imports/_state.html",
        status=status,
    )


@access.record(Upload, "administered_by", select=("agency",))
def remove(request: Request, upload: Upload) -> HttpResponse:
    """Leave it: nothing has changed yet. What was stored stays stored."""
    if upload.confirmed_at:
        messages.warning(request, TOO_LATE)
        return redirect("fidelity:imports.show", upload.pk)
    if request.method == "POST":
        upload.forget_file()
        upload.delete()
        messages.success(request, _("Discarded: nothing has changed."))
        return redirect("fidelity:imports.index", upload.agency_id)
    context = {"upload": upload, "agency": upload.agency}
    return page(request, "fidelity/imports/remove.html", context)


def _handing_in(request: Request, agency: Agency, form: UploadForm) -> HttpResponse:
    mine = Upload.objects.administered_by(request.user).filter(agency=agency)
    context = {"agency": agency, "form": form, "uploads": mine.defer("found", "columns")[:LATEST]}
    return page(request, "fidelity/imports/index.html", context)
