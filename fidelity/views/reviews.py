"""Reviews: those waiting for something, one alone, and writing one."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fidelity.access import STAYS
from fidelity.back import back_of
from fidelity.forms import AnswersForm, ReviewForm
from fidelity.goals import current_goal
from fidelity.listed import columns, listed, on_page
from fidelity.models import (
    AlreadySubmitted,
    Amendment,
    Calibration,
    CalibrationRound,
    ChangedElsewhere,
    ConsentMissing,
    Feedback,
    NotTheirs,
    Review,
    Source,
)
from fidelity.models.review import ReviewQuerySet
from fidelity.models.supervised import team_of
from fidelity.pad import counts_of, segment_of
from fidelity.page_forms import Difference, PageForm, differences
from fidelity.results import answers_of, changes, comparisons, scores_of
from portal import access
from portal.agencies.access import has_role, positions_of
from portal.agencies.models import Role
from portal.people.models import User
from portal.prepared import prepared
from portal.web.page import page

NAMES = ("version__instrument", "subject", "recording", "reviewer", "release")
A_PAGE = 20
CALIBRATED = (Source.OBSERVATION, Source.RECORDING)  # what someone's judgement is scored from
WAITING = 10  # of what waits for someone, before the rest is found in the list


@access.collection(Review, "visible_of_people", "reviews")
def index(request: HttpRequest, reviews: ReviewQuerySet) -> HttpResponse:
    person = _person(request)
    submitted = (
        reviews.exclude(submitted_at=None)
        # Feedback for oneself is listed as such, and there alone.
        .exclude(subject=person, feedback__isnull=False)
        .order_by("-submitted_at", "-pk")
    )
    shown, on_it = on_page(submitted, request.GET.get("page"), A_PAGE)
    # Those of a calibration round are in the round.
    drafts = Review.objects.editable_by(person).filter(subject__isnull=False)
    drafts = drafts.order_by("-started_at", "-pk")
    waiting = Review.objects.releasable_by(person).order_by("submitted_at")[:WAITING]
    feedback = Feedback.objects.for_reader(person).order_by("-written_at")[: WAITING + 1]
    for_reader, (to_finish, to_release, rows) = listed(
        person, feedback, columns(drafts), columns(waiting), on_it
    )
    return page(
        request,
        "fidelity/reviews/index.html",
        {
            "feedback": for_reader[:WAITING],
            "more_feedback": len(for_reader) > WAITING,
            "drafts": to_finish,
            "waiting": to_release,
            "page": shown,
            "reviews": rows,
            "leads": has_role(person, Role.SUPERVISOR, Role.COACH),
            "programmes": [p.agency for p in positions_of(person) if p.role == Role.ADMIN],
        },
    )


# Writes on GET: that the person it is about has seen what was amended.
@access.record(Review, "visible_to", select=NAMES).writing_on_get()
def show(request: HttpRequest, review: Review) -> HttpResponse:
    if review.submitted_at is None:
        return redirect(review)
    person = _person(request)
    Amendment.objects.opened_by(person, review)
    scores = scores_of(review)
    next_one = Amendment.objects.of_earlier(review)
    amendments = Amendment.objects.of_chain(review)
    answers = answers_of(review)
    waits = (
        not next_one
        and review.subject is not None
        and not review.is_self_check
        and not review.is_released
    )
    return page(
        request,
        "fidelity/reviews/show.html",
        {
            "review": review,
            "back_to": back_of(request),
            "round": CalibrationRound.objects.filter(seats__review=review).first()
            if review.recording and review.reviewer
            else None,
            "uncalibrated": _is_uncalibrated(review),
            "segment": segment_of(review),
            "amendments": amendments,
            "changes": changes(amendments[0].before, review) if amendments else [],
            "next": next_one,
            "can_amend": not next_one and review.reviewer == person and review.subject is not None,
            "scores": scores,
            "comparisons": comparisons(scores),
            "answers": answers,
            "has_evidence": any(answer.note for answer in answers),
            "feedback": _feedback_on.first(person, review.pk) if review.is_released else None,
            # A plan may give a review to somebody who does not read the person's course.
            "reads_course": review.subject_id == person.pk or review.subject_id in team_of(person),
            "can_release": waits and bool(_releasable(person, review.pk)),
        },
    )


@prepared
def _feedback_on(person: User, review: int) -> QuerySet[Feedback]:
    return Feedback.objects.visible_to(person).filter(review=review)


@prepared
def _releasable(person: User, review: int) -> QuerySet[Any, Any]:
    return Review.objects.releasable_by(person).filter(pk=review).values_list("pk")


@access.signed_in
def new(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    form = ReviewForm(request.POST or None, by=person, initial=_chosen(request))
    if form.is_valid():
        try:
            return redirect(Review.objects.start(by=person, **form.cleaned_data))
        except NotTheirs:  # who left the team since the form was read
            form.add_error("subject", _("Choose someone whom you supervise or coach."))
        except ConsentMissing as missing:
            form.add_error("source", missing.words)
    return page(request, "fidelity/reviews/new.html", {"form": form})


@access.record(
    Review,
    "editable_by",
    visible="visible_to",
    why=STAYS,
    select=NAMES,
)
def edit(request: HttpRequest, review: Review) -> HttpResponse:
    if review.is_to_begin:
        return redirect("fidelity:assignments.edit", pk=review.pk)
    form = AnswersForm(
        request.POST or None,
        version=review.version.sheet,
        initial=None if request.POST else AnswersForm.initial_from(review),
    )
    submits = "submit" in request.POST
    changed: list[Difference] = []
    if form.is_valid() and submits and not form.answered and not counts_of(review):
        form.add_error(None, _("Answer at least one item before you submit."))
    if form.is_valid():
        page_sent = PageForm(request.POST).read()
        try:
            if submits:
                review.submit(by=_person(request), entries=form.entries(), page=page_sent)
            else:
                review.keep(form.entries(), page=page_sent)
        except AlreadySubmitted:
            messages.warning(
                request,
                _("This review was submitted already, perhaps in another tab. It stays as it was."),
            )
            return redirect("fidelity:reviews.show", pk=review.pk)
        except ChangedElsewhere:
            changed = differences(form, review)
        except ConsentMissing as missing:
            form.add_error(None, missing.words)
        else:
            messages.success(
                request, _("The review is submitted.") if submits else _("The draft is saved.")
            )
            return redirect(review)
    form.show_tallied(counts_of(review))
    return page(
        request,
        "fidelity/reviews/edit.html",
        {
            "review": review,
            "form": form,
            "changed": changed,
            "has_counts": bool(review.counted_items),
            "goal": current_goal(review.subject_id, review.agency_id),
        },
        status=409 if changed else None,
    )


@access.record(
    Review,
    "editable_by",
    visible="visible_to",
    why=STAYS,
    select=NAMES,
)
def remove(request: HttpRequest, review: Review) -> HttpResponse:
    if request.method == "POST":
        review.discard(by=_person(request))
        messages.success(request, _("The draft is gone."))
        return redirect("fidelity:reviews.index")
    return page(request, "fidelity/reviews/remove.html", {"review": review})


def _is_uncalibrated(review: Review) -> bool:
    """Whether its reviewer had no current calibration. A self-check, records and an outside
    annotator's coding are not asked for one; nor is what a calibration round itself is made of."""
    if review.reviewer is None or review.subject is None or review.source not in CALIBRATED:
        return False
    return not Calibration.objects.current(
        [review.reviewer.pk],
        instrument=review.version.instrument_id,
        agencies=[review.agency_id],
        at=review.submitted_at,
    )


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What a link on another page chose already."""
    return {key: request.GET[key] for key in ("subject", "version") if key in request.GET}


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
