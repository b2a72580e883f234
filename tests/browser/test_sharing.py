"""An entry is shared, answered, taken back; a commitment comes back and becomes a story."""

from playwright.sync_api import expect

from communities.models import Commitment
from tests.clock import today
from tests.communities import make as communities
from tests.reflections import make


def test_from_sharing_to_an_answer_that_another_reader_sees(page_as, cast):
    entry = make.kept(cast.facilitator, "The silence felt long.")
    entry.share_with(communities.circle(cast, "Tuesday circle"), by=cast.facilitator)
    author, coach = page_as(cast.facilitator), page_as(cast.coach)
    author.goto(entry.get_absolute_url())
    author.get_by_role("link", name="Ask your readers something").click()
    author.get_by_label("What would you like to ask them?").fill("What would you have tried?")
    author.get_by_role("button", name="Save").click()
    author.get_by_role("link", name="Share it").click()
    author.get_by_role("button", name="Share with Carol Lindqvist").click()

    supervisor = page_as(cast.supervisor, width=1280)
    supervisor.goto("/reflections/waiting/")
    supervisor.get_by_role("link", name="Amara Okafor").click()
    expect(supervisor.get_by_text("What would you have tried?")).to_be_visible()
    expect(supervisor.get_by_text("unless Amara opens it to other readers")).to_be_visible()
    supervisor.get_by_label("Your answer").fill("I'd have waited, too.")
    supervisor.get_by_role("button", name="Send the answer").click()

    coach.goto(entry.get_absolute_url())
    expect(coach.get_by_text("I'd have waited, too.")).to_have_count(0)
    author.reload()
    author.get_by_role("link", name="Who reads this thread").click()
    author.get_by_role("button", name="Let 1 other person of Tuesday circle read it").click()
    coach.reload()
    expect(coach.get_by_text("I'd have waited, too.")).to_be_visible()
    author.get_by_role("button", name="Take it back from").click()
    coach.reload()
    expect(coach.get_by_text("I'd have waited, too.")).to_have_count(0)


def test_a_commitment_comes_back_on_its_day_and_becomes_a_story(page_as, cast):
    entry = make.kept(cast.facilitator, "The silence felt long.", next_time="wait")
    Commitment.objects.update(due_on=today())
    page = page_as(cast.facilitator)
    page.goto("/")
    page.get_by_role("button", name="I let it go").click()
    page.get_by_role("button", name="Take back “I let it go”").click()
    page.goto("/")
    page.get_by_role("button", name="I tried it").click()
    page.get_by_role("button", name="Write two lines about it").click()
    page.get_by_label("What did you try?").fill("I waited.")
    page.get_by_label("What did you notice?").fill("She spoke.")
    page.get_by_role("button", name="Keep in my journal").click()
    page.get_by_role("link", name="Read it as a story").click()

    expect(page.locator(".story__step")).to_have_count(4)
    page.get_by_role("link", name="Written").first.click()
    expect(page).to_have_url(page.url.partition("/reflections/")[0] + entry.get_absolute_url())
