"""Choosing among people: the boxes are Django's own, drawn quickly, and names are read once."""

import re

from django import forms

from communities.forms.people import Boxes, offer
from portal.people.models import User

CHOICES = [(3, "Ana <b>"), (12, "Bo & Co"), (40, "Cy")]


def squeezed(html: str) -> str:
    return re.sub(r"(?<=>)\s+|\s*\n\s*", "", html)


def test_boxes_are_what_django_draws():
    for attributes in ({"id": "id_people"}, {"id": "id_people", "aria-invalid": "true"}):
        for chosen in ([], [12], ["3", "40"]):
            ours = Boxes(choices=CHOICES).render("people", chosen, attributes)
            theirs = forms.CheckboxSelectMultiple(choices=CHOICES).render(
                "people", chosen, attributes
            )
            assert squeezed(ours) == squeezed(theirs)


def test_people_are_read_once_and_named_as_they_are(cast, django_assert_num_queries):
    field = forms.ModelMultipleChoiceField(User.objects.none(), widget=Boxes)
    nameless = User.objects.create(email="nobody@example.org")
    people = User.objects.filter(pk__in=[cast.coach.pk, nameless.pk]).order_by("pk")

    with django_assert_num_queries(1):
        offered = offer(field, people, ("", "Nobody yet"))
        drawn = field.widget.render("people", [])

    assert offered == [
        ("", "Nobody yet"),
        (cast.coach.pk, str(cast.coach)),
        (nameless.pk, str(nameless)),
    ]
    assert drawn.count("<input") == 3
    assert list(field.clean([str(cast.coach.pk)])) == [cast.coach]
