"""The prompts that Trellis ships, in other languages.

The database keeps them as the migrations wrote them. Who reads in another language sees them in
it, wherever they are shown; what an agency wrote itself stays as written, unless it is one of
these word for word. They carry a context: the same words mean other things elsewhere.
"""

from django.utils.translation import pgettext, pgettext_lazy

CONTEXT = "prompts"
# What the data migrations wrote, named here so that a catalogue has them.
NAMES = (
    pgettext_lazy("prompts", "Three questions"),
    pgettext_lazy("prompts", "A peer partner's three"),
    pgettext_lazy("prompts", "Six steps, after Gibbs"),
    pgettext_lazy("prompts", "Free writing"),
    pgettext_lazy("prompts", "What came of it"),
    pgettext_lazy("prompts", "Open questions"),
    pgettext_lazy("prompts", "Affirmations"),
    pgettext_lazy("prompts", "Reflections"),
    pgettext_lazy("prompts", "Summaries"),
    pgettext_lazy("prompts", "Engaging"),
    pgettext_lazy("prompts", "Focusing"),
    pgettext_lazy("prompts", "Evoking"),
    pgettext_lazy("prompts", "Planning"),
)
QUESTIONS = (
    pgettext_lazy("prompts", "What?"),
    pgettext_lazy("prompts", "So what?"),
    pgettext_lazy("prompts", "Now what?"),
    pgettext_lazy("prompts", "What happened, and where were you in it?"),
    pgettext_lazy("prompts", "What did your own experience do there?"),
    pgettext_lazy("prompts", "What do you carry on, and what do you set down?"),
    pgettext_lazy("prompts", "What happened?"),
    pgettext_lazy("prompts", "What did you think and feel?"),
    pgettext_lazy("prompts", "What was good about it, and what was hard?"),
    pgettext_lazy("prompts", "What sense do you make of it?"),
    pgettext_lazy("prompts", "What else could you have done?"),
    pgettext_lazy("prompts", "What will you do next time?"),
    pgettext_lazy("prompts", "What is on your mind?"),
    pgettext_lazy(
        "prompts", "Which open question did you ask, or which closed one did you wish back?"
    ),
    pgettext_lazy("prompts", "What did it open, or keep shut?"),
    pgettext_lazy("prompts", "Which question do you want to try next?"),
    pgettext_lazy("prompts", "Which strength did you see, and did you say so?"),
    pgettext_lazy("prompts", "How did it land?"),
    pgettext_lazy("prompts", "What else is there to affirm, and how would you say it?"),
    pgettext_lazy("prompts", "What did you reflect, and what was behind the words?"),
    pgettext_lazy("prompts", "What came back?"),
    pgettext_lazy("prompts", "What could you reflect more deeply next time?"),
    pgettext_lazy("prompts", "What did you gather up, and when?"),
    pgettext_lazy("prompts", "What did you leave out, and what was corrected?"),
    pgettext_lazy("prompts", "Where would a short summary have helped?"),
    pgettext_lazy("prompts", "How did the two of you come to talk?"),
    pgettext_lazy("prompts", "What helped you to be with them, and what got in the way?"),
    pgettext_lazy("prompts", "What will you do first next time?"),
    pgettext_lazy("prompts", "What did you talk about, and who chose it?"),
    pgettext_lazy("prompts", "When did you lose the direction, and how did you find it again?"),
    pgettext_lazy("prompts", "How will you agree on the direction next time?"),
    pgettext_lazy("prompts", "What change talk did you hear?"),
    pgettext_lazy("prompts", "What did you do with it?"),
    pgettext_lazy("prompts", "What could bring out more of it?"),
    pgettext_lazy("prompts", "Whose plan is it?"),
    pgettext_lazy("prompts", "Was it time to plan?"),
    pgettext_lazy("prompts", "What is the next small step, and who takes it?"),
    pgettext_lazy("prompts", "What did you try?"),
    pgettext_lazy("prompts", "What did you notice?"),
)
HINTS = (
    pgettext_lazy("prompts", "What happened? One moment is enough. Leave names out."),
    pgettext_lazy("prompts", "What did it mean to the family, and to you? What did you notice?"),
    pgettext_lazy("prompts", "What do you take from it?"),
    pgettext_lazy("prompts", "One moment is enough. Leave names out."),
    pgettext_lazy(
        "prompts", "Did you share some of it, hold it back, feel it stir? Whom did it serve?"
    ),
    pgettext_lazy("prompts", "Something to do next time, and something that is not yours to hold."),
    pgettext_lazy("prompts", "Just the facts, without names."),
    pgettext_lazy("prompts", "Before, during, afterwards."),
    pgettext_lazy("prompts", "No questions. Leave names out."),
    pgettext_lazy("prompts", "In your own words; leave names out."),
    pgettext_lazy("prompts", "What did you hear that you would not have heard?"),
    pgettext_lazy("prompts", "Write it down as you would say it."),
    pgettext_lazy("prompts", "Noticing, not praise. Leave names out."),
    pgettext_lazy("prompts", "What told you?"),
    pgettext_lazy("prompts", "Name the strength and the proof of it."),
    pgettext_lazy("prompts", "One reflection is enough. Leave names out."),
    pgettext_lazy("prompts", "Did it go on, go deeper, or stop?"),
    pgettext_lazy("prompts", "Guess at a meaning or a feeling that was not said."),
    pgettext_lazy("prompts", "On the way, or at the end. Leave names out."),
    pgettext_lazy("prompts", "A summary that is wrong can still help."),
    pgettext_lazy("prompts", "And how would it have begun?"),
    pgettext_lazy("prompts", "The first minutes. Leave names out."),
    pgettext_lazy("prompts", "Haste, a form, your own plan?"),
    pgettext_lazy("prompts", "Leave names out."),
    pgettext_lazy("prompts", "A question, a list, a choice?"),
    pgettext_lazy("prompts", "A wish, a reason, a first step. Leave names out."),
    pgettext_lazy("prompts", "Did you ask for more, reflect it, pass it by?"),
    pgettext_lazy("prompts", "Write the question as you would ask it."),
    pgettext_lazy("prompts", "Whose words does it use? Leave names out."),
    pgettext_lazy("prompts", "What told you that they were ready, or not yet?"),
    pgettext_lazy("prompts", "One line is enough."),
    pgettext_lazy("prompts", "In the other person, and in yourself."),
)
WORDS = (*NAMES, *QUESTIONS, *HINTS)


def spoken(words: str) -> str:
    """Words of a prompt in the language of who reads; those without a translation as they are.

    Ask when they are shown, never when they are read: rows are kept from one reader to the next.
    """
    return pgettext(CONTEXT, words)
