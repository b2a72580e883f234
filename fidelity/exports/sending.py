"""A table as an answer to download; each is kept in the audit."""

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from fidelity.exports import writing
from fidelity.exports.table import Table
from portal.agencies.models import Agency
from portal.audit.events import record

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
FORMATS = ("csv", "xlsx", "pdf", "codebook")


def sent(
    request: HttpRequest, table: Table, *, on: Model, agency: Agency | None
) -> HttpResponseBase:
    format_ = request.GET.get("format", "csv")
    if format_ not in FORMATS:
        raise Http404
    if request.method != "HEAD":
        record("scores.exported", on=on, by=request.user, agency=agency)
    now = timezone.now()
    answer: HttpResponseBase
    if format_ == "xlsx":
        answer = HttpResponse(writing.as_workbook(table), content_type=WORKBOOK)
    elif format_ == "pdf":
        answer = HttpResponse(writing.as_paper(table, at=now), content_type="application/pdf")
    elif format_ == "codebook":
        answer = StreamingHttpResponse(writing.codebook_as_csv(table), content_type=CSV)
    else:
        answer = StreamingHttpResponse(writing.as_csv(table), content_type=CSV)
    name = f"{'codebook' if format_ == 'codebook' else 'scores'}-{timezone.localdate():%Y-%m-%d}"
    ending = "csv" if format_ == "codebook" else format_
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    answer["Cache-Control"] = "no-store, private"
    return answer
