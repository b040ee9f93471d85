"""May it go? Rules that say yes, no, or ask first, whatever a reader could infer.

:mod:`.equities` finds who has a stake and whether it has agreed, :mod:`.persons` is the gate of harm to
persons, :mod:`.permissions` what the recipient may do beyond reading, :mod:`.quiet` the days on which a
source must not show, :mod:`.unstated` what the case leaves open that somebody must confirm. Each answers
in reasons or conditions, and none weighs value. Only :mod:`.reliance`, what a recipient that misuses things
may not be permitted, knows a probability. What a reader could work out is :mod:`tearline.exposure`.
"""
