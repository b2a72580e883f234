"""A certificate of hours on paper."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from communities.durations import in_words
from communities.models import Certificate
from portal.web.paper import FONT, new_paper

MARK = "*"  # beside a session where who came was put right afterwards


def pdf_of(certificate: Certificate, check_at: str) -> bytes:
    """The paper, in its person's language and on their clock. `check_at` checks its code."""
    person = certificate.person
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        paper = new_paper(_("Certificate of hours"), person.language, at=certificate.issued_at)
        _head(paper, certificate)
        _sessions(paper, certificate)
        _foot(paper, certificate, check_at)
        return bytes(paper.output())


def _head(paper: FPDF, certificate: Certificate) -> None:
    period = _("%(first)s to %(last)s") % {
        "first": date_format(certificate.first, "DATE_FORMAT"),
        "last": date_format(certificate.last, "DATE_FORMAT"),
    }
    sessions = ngettext("%(n)d session", "%(n)d sessions", certificate.sessions)
    _line(paper, certificate.agency.name if certificate.agency else "Trellis", 11)
    _line(paper, _("Certificate of hours"), 24, bold=True, after=6)
    _line(paper, _("This is to say that"), 11)
    _line(paper, certificate.person.name, 18, bold=True, after=2)
    _line(paper, _("took part in sessions of learning communities, from %s.") % period, 11, after=4)
    _line(paper, _("%s hours") % certificate.total, 18, bold=True)
    _line(paper, sessions % {"n": certificate.sessions}, 11, after=6)


def _sessions(paper: FPDF, certificate: Certificate) -> None:
    paper.set_font(FONT, size=9)
    heads = (_("Day"), _("Session"), _("Community"), _("Hours"))
    with paper.table(
        col_widths=(24, 62, 62, 22),
        text_align=("LEFT", "LEFT", "LEFT", "RIGHT"),
        borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(emphasis="BOLD"),
        line_height=6,
    ) as table:
        table.row(heads)
        for each in certificate.attended:
            day = timezone.localtime(datetime.fromisoformat(each["starts_at"])).date()
            mark = MARK if each["corrected"] else ""
            hours = in_words(each["minutes"]) + mark
            shown = date_format(day, "SHORT_DATE_FORMAT")
            table.row((shown, each["title"], each["community"], hours))
    if any(each["corrected"] for each in certificate.attended):
        paper.ln(2)
        _line(paper, _("%s Who came was put right after the session.") % MARK, 8)


def _foot(paper: FPDF, certificate: Certificate, check_at: str) -> None:
    issued = date_format(timezone.localtime(certificate.issued_at), "DATE_FORMAT")
    paper.ln(6)
    _line(paper, _("Issued on %s.") % issued, 10)
    words = _("To check this paper, enter its code %(code)s at %(address)s")
    _line(paper, words % {"code": certificate.spaced_code, "address": check_at}, 10)


def _line(paper: FPDF, words: str, size: int, *, bold: bool = False, after: float = 1) -> None:
    paper.set_font(FONT, style="B" if bold else "", size=size)
    paper.multi_cell(0, size * 0.55, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(after)
