"""NATO, and confidentiality labels after STANAG 4774 under any security policy.

A :class:`~tearline.markings.nato.policy.Policy` says which levels and categories there are and how they are printed;
it is NATO's own (:mod:`~tearline.markings.nato.own_policy`) or comes from a file (:mod:`~tearline.markings.nato.spif`).
A :class:`~tearline.markings.nato.label.Label` is read and written as XML, printed, combined, and decided upon.
"""
