"""What the worker does for the journal."""

from celery import shared_task

from reflections.forgetting import forget, forget_versions, tell_of_endings


@shared_task(name="reflections.forget")
def forget_what_is_over() -> None:
    """Tell authors what reaches its end, and delete for good what is over."""
    tell_of_endings()
    forget()
    forget_versions()
