"""What an offer tells: the teaser now, and the package to somebody who has had the teaser."""

from __future__ import annotations

import attrs

from tearline.assess.answer import Assessment
from tearline.assess.decide import assess
from tearline.domain import Allow, Case, Form, Given, Purpose
from tearline.domain.negotiation import Terms, Text
from tearline.errors import InputError


@attrs.frozen(kw_only=True)
class Weighed:
    """Both parts of an offer, each with its own answer.

    Attributes:
        teaser: The answer to telling the teaser, today.
        package: The answer to handing over the package once the teaser is told; the recipient, and
            everybody behind it, then puts the two together.
    """

    terms: Terms
    teaser: Assessment
    package: Assessment

    @property
    def may_be_offered(self) -> bool:
        """Whether the offer may be made: the teaser goes as it is, and the package could be kept to.

        An offer of what cannot be given later raises an impression that nobody approved.
        """
        return _goes(self.teaser, self.terms.teaser) and _goes(self.package, self.terms.package)


def weigh(case: Case, terms: Terms) -> Weighed:
    """Weigh an offer to the recipient of ``case``.

    Raises:
        InputError: The case does not say what day it is; then nobody can tell what was told before what.
    """
    if case.as_of is None:
        raise InputError("a negotiation goes on from day to day: the case must say `as_of`")
    offer = attrs.evolve(case.proposal, purpose=Purpose.TRADE, ask_in_return=terms.asked)
    teaser = attrs.evolve(
        offer, claims=terms.teaser, form=Form.DISCLOSURE, minimum_value=None, together=(), actionable=()
    )
    package = attrs.evolve(offer, claims=terms.package, form=Form.RELEASE)
    told = Given(to=(case.proposal.to,), on=case.as_of, claims=terms.teaser, form=Form.DISCLOSURE)
    return Weighed(
        terms=terms,
        teaser=assess(attrs.evolve(case, proposal=teaser)),
        package=assess(attrs.evolve(case, given=(*case.given, told), proposal=package)),
    )


def _goes(found: Assessment, text: Text) -> bool:
    return isinstance(found.decision, Allow) and found.tearline.versions == dict(text)
