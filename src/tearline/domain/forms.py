"""How something is handed over, and why."""

from enum import Enum


class Form(Enum):
    """Release hands over a copy to keep, disclosure tells or shows, an action lets itself be seen."""

    RELEASE = "release"
    DISCLOSURE = "disclosure"
    ACTION = "action"


class Purpose(Enum):
    """Why it would be given."""

    ROUTINE = "routine"
    WARNING = "warning"
    ACTION = "action"
    TIP_OFF = "tip-off"
    GESTURE = "gesture"
    TRADE = "trade"
    JOINT_WORK = "joint-work"
    CAPABILITY = "capability"
