"""What one annotator said of each utterance of a recording: a row a coding, not a line.

Kept whole and in the file's words, since agreement is asked of all lines of a recording or of
none; 13,551 rows would answer no question that 196 don't.
"""

from django.db import models

from portal.web.privacy import NONE, WORK


class Utterances(models.Model):
    privacy = {"id": NONE, "review": WORK, "lines": WORK}

    review = models.OneToOneField(
        "fidelity.Review", on_delete=models.CASCADE, related_name="utterances"
    )
    lines = models.JSONField(default=list)  # [utterance, then fidelity.imports.codes.SAID in order]

    def __str__(self) -> str:
        return f"{self.review_id}: {len(self.lines)}"
