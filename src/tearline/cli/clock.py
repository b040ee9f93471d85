"""The clock of this machine, to the second, in UTC."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """What the clock says."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
