"""The prompts that an entry was written with: it keeps them; a draft may be given others."""

from typing import TYPE_CHECKING, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reflections.models.fitted import fitted
from reflections.models.prompt import Prompt, PromptSet, prompts_of

if TYPE_CHECKING:
    from reflections.models.answers import Answers
    from reflections.models.reflection import Reflection


class Asking:
    """What a reflection asks, and the verb that lets it ask something else."""

    def answered(self) -> list[tuple[str, str]]:
        """(question, answer) as its reader sees them: the questions in their language."""
        return [(str(prompt), text) for prompt, text in self.answered_prompts()]

    def answered_prompts(self) -> "list[tuple[Prompt, str]]":
        """(prompt, answer) of the set it was written with, without what was left empty."""
        entry = cast("Reflection", self)
        texts = self.under(entry.prompt_set_id)
        asked = [(each, texts.get(str(each.pk), "")) for each in prompts_of(entry.prompt_set_id)]
        return [(prompt, text) for prompt, text in asked if text.strip()]

    def under(self, prompt_set: int) -> "Answers":
        """What is written, under the prompts of the set with this id."""
        entry = cast("Reflection", self)
        return fitted(entry.answers, [prompt.pk for prompt in prompts_of(prompt_set)])

    def ask_instead(self, chosen: PromptSet) -> None:
        """Give a draft other prompts; all that is written goes along. Twice is as once.

        Raises Conflict when another page saved since, TooLong where fewer boxes cannot hold it,
        and ValidationError with words for an entry that is kept.
        """
        entry = cast("Reflection", self)
        if entry.is_kept:
            raise ValidationError(_("An entry keeps the prompts it was written with."))
        texts = self.under(chosen.pk)
        entry.save_draft(texts, version=entry.version, about={"prompt_set": chosen.pk})
        entry.prompt_set = chosen
