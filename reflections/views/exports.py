"""My journal as a file, for me alone."""

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.export_form import ExportForm
from reflections.exports import FORMATS, export
from reflections.exports.journal import LEFT_OUT, Journal, years_of


@access.signed_in
def new(request: Request) -> HttpResponseBase:
    """By POST: that it was taken is recorded, its words are not."""
    form = ExportForm(years_of(request.user), request.POST or None)
    if form.is_valid():
        chosen = FORMATS.get(request.POST.get("format", ""))
        if chosen is None:
            raise Http404
        journal = Journal(request.user, timezone.now(), form.cleaned_data["year"])
        if chosen.fits(journal):
            name = f"journal-{timezone.localdate(journal.at)}.{chosen.ending}"
            response = StreamingHttpResponse(
                export(journal, chosen), content_type=chosen.content_type
            )
            response["Content-Disposition"] = f'attachment; filename="{name}"'
            response["Cache-Control"] = "private, no-store"
            return response
        too_long = _("This is too long for one PDF. Choose a year, or take Markdown: it holds all.")
        form.add_error("year", too_long)
    context = {"form": form, "left_out": LEFT_OUT}
    return page(request, "reflections/exports/new.html", context)
