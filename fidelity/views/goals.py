"""A focus goal: proposed after feedback, seen, changed, taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fidelity.goal_forms import GoalForm
from fidelity.models import Feedback, FocusGoal, NotOpen
from portal import access
from portal.people.models import User
from portal.web.page import page

OF_FEEDBACK = ("author", "review__subject", "review__agency", "review__version__instrument")
NAMES = ("person", "reviewer", "proposed_by", "feedback__author", "feedback__review", "agency")
CLOSED = gettext_lazy("This goal is between the two who agreed on it, while it is open.")


@access.record(FocusGoal, "visible_to", "goal", select=NAMES)
def show(request: HttpRequest, goal: FocusGoal) -> HttpResponse:
    assert isinstance(request.user, User)
    reader = request.user
    between = reader in (goal.person, goal.feedback.author)
    waits = goal.ended_at is None and not goal.is_agreed
    return page(
        request,
        "fidelity/goals/show.html",
        {
            "goal": goal,
            "outcomes": goal.outcomes.select_related("by"),
            "reads_feedback": between,
            "can_agree": between and waits and goal.proposed_by != reader,
            "can_change": between and goal.ended_at is None,
            "can_take_back": waits and goal.proposed_by == reader,
            "can_settle": goal.ended_at is None
            and goal.is_agreed
            and (between or reader == goal.reviewer),
        },
    )


@access.record(Feedback, "visible_to", select=OF_FEEDBACK)
def new(request: HttpRequest, feedback: Feedback) -> HttpResponse:
    assert isinstance(request.user, User)
    review = feedback.review
    if request.user == feedback.author and feedback.read_at is None:
        messages.warning(
            request,
            _("%(person)s reads your words first, and alone. A goal comes after.")
            % {"person": review.subject},
        )
        return redirect(feedback)
    there = FocusGoal.objects.open().filter(person=review.subject, agency=review.agency)
    if goal := there.first():
        messages.warning(
            request, _("There is a goal already: say what became of it before the next.")
        )
        seen = FocusGoal.objects.visible_to(request.user).filter(pk=goal.pk).exists()
        return redirect(goal if seen else feedback)
    form = GoalForm(request.POST or None, feedback=feedback)
    if form.is_valid():
        try:
            made = FocusGoal.objects.propose(feedback, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages[0])
        else:
            messages.success(request, _("Your proposal is made. It is a goal once both agree."))
            return redirect(made)
    return page(request, "fidelity/goals/new.html", {"feedback": feedback, "form": form})


@access.record(FocusGoal, "editable_by", "goal", visible="visible_to", why=CLOSED, select=NAMES)
def edit(request: HttpRequest, goal: FocusGoal) -> HttpResponse:
    assert isinstance(request.user, User)
    form = GoalForm(
        request.POST or None,
        feedback=goal.feedback,
        initial={
            "text": goal.text,
            "actions": "\n".join(goal.actions),
            "due_on": goal.due_on,
            "reviewer": goal.reviewer_id,
        },
    )
    if form.is_valid():
        try:
            goal.change(by=request.user, **form.cleaned_data)
        except NotOpen:
            messages.warning(request, _("This goal has ended meanwhile. It stays as it was."))
        else:
            messages.success(
                request, _("Changed. It is a goal again once the other person agrees.")
            )
        return redirect(goal)
    return page(request, "fidelity/goals/edit.html", {"goal": goal, "form": form})


@access.record(FocusGoal, "editable_by", "goal", visible="visible_to", why=CLOSED, select=NAMES)
def remove(request: HttpRequest, goal: FocusGoal) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.method == "POST":
        try:
            goal.take_back(by=request.user)
        except NotOpen:
            messages.warning(
                request, _("You both agreed on this goal: say what became of it instead.")
            )
            return redirect(goal)
        messages.success(request, _("The proposal is gone."))
        return redirect(goal.feedback)
    return page(request, "fidelity/goals/remove.html", {"goal": goal})
