"""The instruments that Trellis ships, in other languages.

The database keeps them as the migrations wrote them, and so does a file of an instrument. Who reads
in another language sees them in it, wherever they are shown; what an agency wrote itself stays as
written, unless it is one of these word for word. They carry a context: the same words mean other
things elsewhere.
"""

from django.utils.translation import pgettext, pgettext_lazy

CONTEXT = "instrument"
# What the data migrations wrote, named here so that a catalogue has them.
INSTRUMENTS = (
    pgettext_lazy("instrument", "Motivational interviewing coding sheet"),
    pgettext_lazy(
        "instrument",
        "Counts of what a practitioner says in a conversation, from a recording or from "
        "listening in. It gives two summary scores of motivational interviewing.",
    ),
    pgettext_lazy("instrument", "Wraparound practice rubric"),
    pgettext_lazy(
        "instrument",
        "How far each of wraparound's ten principles showed in practice: in a team meeting, a "
        "visit, or the records of one. A rubric of our own for coaching; it is no licensed "
        "fidelity tool, and its scores do not compare with one's.",
    ),
    pgettext_lazy("instrument", "Session self-check"),
    pgettext_lazy(
        "instrument",
        "Five statements about your own last visit or meeting, in two minutes. It is a "
        "starting point for a talk, and is never mixed with what others observed.",
    ),
    pgettext_lazy(
        "instrument",
        "Counts of what a practitioner says in a conversation, and four ratings of the whole, "
        "from a recording or from listening in. It gives six summary scores of motivational "
        "interviewing.",
    ),
)
SECTIONS = (
    pgettext_lazy("instrument", "Reflections"),
    pgettext_lazy("instrument", "Questions"),
    pgettext_lazy("instrument", "Input"),
    pgettext_lazy("instrument", "The ten principles"),
    pgettext_lazy("instrument", "In this session"),
    pgettext_lazy("instrument", "Globals"),
    pgettext_lazy("instrument", "Counts"),
)
SCALES = (
    pgettext_lazy("instrument", "0 to 4"),
    pgettext_lazy("instrument", "1 to 5"),
    pgettext_lazy("instrument", "Not there"),
    pgettext_lazy("instrument", "In small part"),
    pgettext_lazy("instrument", "In part"),
    pgettext_lazy("instrument", "Mostly"),
    pgettext_lazy("instrument", "Throughout"),
    pgettext_lazy("instrument", "Not at all"),
    pgettext_lazy("instrument", "A little"),
    pgettext_lazy("instrument", "Partly"),
    pgettext_lazy("instrument", "Fully"),
    pgettext_lazy("instrument", "Lowest"),
    pgettext_lazy("instrument", "Low"),
    pgettext_lazy("instrument", "Middle"),
    pgettext_lazy("instrument", "High"),
    pgettext_lazy("instrument", "Highest"),
)
ITEMS = (
    pgettext_lazy("instrument", "Simple reflections"),
    pgettext_lazy("instrument", "Complex reflections"),
    pgettext_lazy("instrument", "Open questions"),
    pgettext_lazy("instrument", "Closed questions"),
    pgettext_lazy("instrument", "Giving information"),
    pgettext_lazy("instrument", "Giving advice"),
    pgettext_lazy("instrument", "Family voice and choice"),
    pgettext_lazy("instrument", "Team-based"),
    pgettext_lazy("instrument", "Natural supports"),
    pgettext_lazy("instrument", "Collaboration"),
    pgettext_lazy("instrument", "Community-based"),
    pgettext_lazy("instrument", "Culturally respectful and relevant"),
    pgettext_lazy("instrument", "Individualized"),
    pgettext_lazy("instrument", "Strengths-based"),
    pgettext_lazy("instrument", "Persistence"),
    pgettext_lazy("instrument", "Outcomes-based"),
    pgettext_lazy("instrument", "I listened more than I spoke."),
    pgettext_lazy("instrument", "I used the family's own words for what they need."),
    pgettext_lazy("instrument", "I named a strength that I saw."),
    pgettext_lazy("instrument", "The next step was theirs to choose."),
    pgettext_lazy("instrument", "I practised the skill that I had set out to practise."),
    pgettext_lazy("instrument", "Cultivating change talk"),
    pgettext_lazy("instrument", "Softening sustain talk"),
    pgettext_lazy("instrument", "Partnership"),
    pgettext_lazy("instrument", "Empathy"),
    pgettext_lazy("instrument", "Persuade"),
    pgettext_lazy("instrument", "Persuade with permission"),
    pgettext_lazy("instrument", "Question"),
    pgettext_lazy("instrument", "Affirm"),
    pgettext_lazy("instrument", "Seeking collaboration"),
    pgettext_lazy("instrument", "Emphasizing autonomy"),
    pgettext_lazy("instrument", "Confront"),
)
WHAT_TO_LOOK_FOR = (
    pgettext_lazy("instrument", "Says back what was said, adding little or nothing."),
    pgettext_lazy("instrument", "Says back what was meant or felt: adds meaning or emphasis."),
    pgettext_lazy("instrument", "Invites more than a few words."),
    pgettext_lazy("instrument", "Can be answered with yes, no or a fact."),
    pgettext_lazy("instrument", "Tells, teaches or explains."),
    pgettext_lazy("instrument", "Says what the person could or should do."),
    pgettext_lazy(
        "instrument",
        "The family's own words and preferences decide; choices are offered and taken up.",
    ),
    pgettext_lazy(
        "instrument", "A team that the family chose works together and shares the tasks."
    ),
    pgettext_lazy(
        "instrument",
        "Relatives, friends and neighbours are asked for, present, and have a part in the plan.",
    ),
    pgettext_lazy(
        "instrument",
        "Team members settle on one plan and one set of goals, and differences are talked through.",
    ),
    pgettext_lazy(
        "instrument", "Help takes place where the family lives, learns and spends its time."
    ),
    pgettext_lazy(
        "instrument", "The family's values, language and ways shape what is done and how."
    ),
    pgettext_lazy(
        "instrument",
        "Strategies are made for this family, not picked from what happens to be on offer.",
    ),
    pgettext_lazy("instrument", "Strengths are named, and the plan puts them to use."),
    pgettext_lazy(
        "instrument", "Setbacks lead to a changed plan, never to giving up on the family."
    ),
    pgettext_lazy(
        "instrument",
        "Goals can be seen and counted, progress is looked at, and the plan follows it.",
    ),
    pgettext_lazy("instrument", "Draws out, and stays with, the person's own words for change."),
    pgettext_lazy("instrument", "Does not feed the person's words for staying as they are."),
    pgettext_lazy("instrument", "Treats the person as the one who knows their own life."),
    pgettext_lazy("instrument", "Tries to grasp how it is for the person, and shows it."),
    pgettext_lazy("instrument", "Tells, teaches or explains, without advising."),
    pgettext_lazy("instrument", "Argues, advises or warns without being asked."),
    pgettext_lazy("instrument", "Advises after asking, or leaving the choice open."),
    pgettext_lazy("instrument", "Open and closed ones alike."),
    pgettext_lazy("instrument", "Names something good in the person: a strength, an effort."),
    pgettext_lazy("instrument", "Asks what the person makes of it, or whether to go on."),
    pgettext_lazy("instrument", "Says that the choice is the person's."),
    pgettext_lazy("instrument", "Blames, shames, corrects or disputes."),
)
MEASURES = (
    pgettext_lazy("instrument", "Percent complex reflections"),
    pgettext_lazy("instrument", "Reflection-to-question ratio"),
    pgettext_lazy("instrument", "Mean of the principles"),
    pgettext_lazy("instrument", "Percent of the maximum"),
    pgettext_lazy("instrument", "Technical global"),
    pgettext_lazy("instrument", "Relational global"),
    pgettext_lazy("instrument", "MI-adherent"),
    pgettext_lazy("instrument", "MI-non-adherent"),
    pgettext_lazy("instrument", "Complex reflections among all reflections."),
    pgettext_lazy("instrument", "Reflections for each question asked."),
    pgettext_lazy(
        "instrument", "0 to 4 points, over the principles that there was occasion to see."
    ),
    pgettext_lazy(
        "instrument",
        "Points given, in percent of the points possible where there was occasion to see.",
    ),
    pgettext_lazy("instrument", "Points given, in percent of the points possible."),
    pgettext_lazy("instrument", "Mean of cultivating change talk and softening sustain talk."),
    pgettext_lazy("instrument", "Mean of partnership and empathy."),
    pgettext_lazy(
        "instrument", "Seeking collaboration, affirm and emphasizing autonomy, together."
    ),
    pgettext_lazy("instrument", "Confront and persuade, together."),
)
BENCHMARKS = (
    pgettext_lazy("instrument", "fair"),
    pgettext_lazy("instrument", "good"),
)
WORDS = (
    *INSTRUMENTS,
    *SECTIONS,
    *SCALES,
    *ITEMS,
    *WHAT_TO_LOOK_FOR,
    *MEASURES,
    *BENCHMARKS,
)


def spoken(words: str) -> str:
    """Words of an instrument in the language of who reads; those without a translation as they are.

    Ask when they are shown, never when they are read: rows are kept from one reader to the next.
    """
    return pgettext(CONTEXT, words)
