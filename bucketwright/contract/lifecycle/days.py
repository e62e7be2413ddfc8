"""When does a lifecycle action fall due?"""

from datetime import datetime, timedelta


def midnight_after(moment: datetime, days: int) -> datetime | None:
    """Give the first midnight strictly later than `days` after a moment in UTC; None beyond the year 9999.

    S3 adds the days and rounds up to the next day at midnight: what was made on 15 January at 10:30 is
    three days old on the 19th at 00:00. No page says how a time already at midnight rounds; it goes on to
    the following one here, as S3's other implementations have it, so that no action comes early.
    """
    try:
        return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days + 1)
    except OverflowError:
        return None


def first_due(since: datetime, days: int | None, date: datetime | None = None) -> datetime | None:
    """Give the moment an action falls due, by age or by calendar; what is already due is due at `since`."""
    by_age = None if days is None else midnight_after(since, days)
    times = [time for time in (by_age, date) if time is not None]
    return max(since, min(times)) if times else None
