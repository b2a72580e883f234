"""Work for the background: files of scores that somebody handed in."""

from celery import shared_task

from fidelity.imports.work import work_on
from fidelity.models import Upload


@shared_task(name="fidelity.work_on_uploads")
def work_on_uploads() -> None:
    """Check what was handed in, and store what was confirmed."""
    for upload in Upload.objects.to_do().select_related("agency", "by"):
        work_on(upload)


@shared_task(name="fidelity.forget_uploads")
def forget_uploads() -> None:
    """Forget files that nobody said yes to within a day."""
    for upload in Upload.objects.forgotten():
        upload.forget_file()
        upload.delete()
