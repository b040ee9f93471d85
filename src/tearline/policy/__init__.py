"""May it go? Rules that say yes, no, or ask first, whatever a reader could infer.

:mod:`.equities` finds who has a stake and whether it has agreed, :mod:`.asked` what must hold before one
hears a question, :mod:`.persons` is the gate of harm to persons, :mod:`.permissions` what the recipient may
do beyond reading, :mod:`.quiet` the days on which a source must not show, :mod:`.unstated` what the case
leaves open that somebody must confirm, :mod:`.rules` what the policy that the case names says of it,
:mod:`.caveats` what originators said about handling, :mod:`.agreements` what a standing arrangement covers
and who may carry it. Each answers in reasons or conditions, and none weighs value. Only :mod:`.reliance`,
what a recipient that misuses things may not be permitted, knows a probability. What a reader could work out
is :mod:`tearline.exposure`.

:mod:`.review` looks for faults in a policy itself, :mod:`.why` says what would have to change in a situation,
:mod:`.columns` decides millions of records.
"""
