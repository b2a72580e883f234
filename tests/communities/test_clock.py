"""The running clock, from which part began when."""

from datetime import UTC, datetime, timedelta

from communities.clock import Clock, Line

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def clock(*turns: tuple[str, int], at: int, more: int = 0) -> Clock:
    """Lesson 10, discussion 15, debrief 5 minutes; turns and `at` in minutes after noon."""
    lines = [
        Line("lesson", "Lesson", 10),
        Line("discussion", "Discussion", 15, more),
        Line("debrief", "Debrief", 5),
    ]
    went = [(kind, NOON + timedelta(minutes=minute)) for kind, minute in turns]
    return Clock.read(lines, went, NOON + timedelta(minutes=at))


def test_before_it_began_the_first_part_is_next():
    waiting = clock(at=0)

    assert (waiting.standing, waiting.now, waiting.ends_at) == (None, None, None)
    assert waiting.following.kind == "lesson"
    assert waiting.preceding is None


def test_a_part_counts_down_and_then_over():
    assert clock(("lesson", 0), at=4).now.minutes_left == 6
    assert clock(("lesson", 0), at=12).now.minutes_left == 0
    assert clock(("lesson", 0), at=12).now.minutes_over == 2


def test_going_back_goes_on_counting_from_where_it_was():
    back = clock(("lesson", 0), ("discussion", 4), ("lesson", 6), at=8)

    assert back.now.minutes_left == 4
    assert [state for _line, state in back.rows] == ["now", "", ""]
    assert back.now.ends_at == NOON + timedelta(minutes=12)


def test_it_tells_when_it_ends_at_this_pace():
    assert clock(("lesson", 0), at=4).ends_at == NOON + timedelta(minutes=30)
    assert clock(("lesson", 0), at=13).ends_at == NOON + timedelta(minutes=33)
    assert clock(("lesson", 0), at=0, more=5).ends_at == NOON + timedelta(minutes=35)


def test_when_it_is_over_all_is_done_and_the_last_part_is_behind():
    over = clock(("lesson", 0), ("over", 10), at=60)

    assert over.is_over
    assert over.preceding.kind == "debrief"
    assert [state for _line, state in over.rows] == ["done", "done", "done"]
    assert over.lines[0].spent == timedelta(minutes=10)


def test_minutes_to_reflect_are_what_was_had_and_what_is_to_come():
    reflecting = ("discussion", "debrief")
    running = clock(("lesson", 0), ("discussion", 10), at=14)

    assert running.kept_for(reflecting, "discussion") == 20
    assert running.kept_for(reflecting, "debrief") == 9
    assert running.kept_for(reflecting, "over") == 4


def test_a_part_that_is_no_longer_on_the_agenda_does_not_stop_the_clock():
    gone = clock(("activity", 0), at=4)

    assert (gone.now, gone.is_over) == (None, True)
