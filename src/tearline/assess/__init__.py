"""The whole question: rules, exposure and the best text together make a decision.

:func:`assess` reads a :class:`~tearline.domain.Case` and answers with an
:class:`~tearline.assess.answer.Assessment`. Order matters: harm to persons and other rules come before any
value, then limits on what readers may infer, and only among what is left is the most useful text
sought. It does not know who the source is; a case cannot say.
"""

from tearline.assess.decide import assess

__all__ = ["assess"]
