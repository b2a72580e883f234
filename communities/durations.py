"""Minutes in words. Pure."""


def in_words(minutes: int) -> str:
    """Hours and minutes, as "12:30"."""
    return f"{minutes // 60}:{minutes % 60:02d}"
