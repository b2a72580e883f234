"""A community's page leads its members to what was shared with it, and nobody else."""

from django.urls import reverse

from tests.communities import make as communities


def test_a_member_finds_the_way_and_an_admin_who_is_none_does_not(cast, as_person):
    community = communities.circle(cast)
    there = reverse("reflections:communities.show", args=[community.pk])

    page = as_person(cast.facilitator).get(community.get_absolute_url()).content.decode()
    assert there in page

    page = as_person(cast.admin).get(community.get_absolute_url()).content.decode()
    assert there not in page
