"""What one given text would mean: for whoever tries words instead of taking the recommended ones.

The same engines as for the answer, without a search: nothing is recommended here, and nothing decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tearline.assess.admission import Admission, admissions
from tearline.assess.answer import Breach, ReaderAccount, Said, Text
from tearline.assess.apart import flagged
from tearline.assess.audience import Listener, listeners
from tearline.assess.content import Known, Ranks, bonus, missing, needed, then_has
from tearline.assess.obstacles import breaches
from tearline.assess.phrases import listed
from tearline.assess.probe import saying
from tearline.assess.reasoning import every_doubt, raw_texts, worst_in_doubt
from tearline.assess.search import recipient_holds, said_as, useful, worth
from tearline.domain import Case, ClaimId, PartyId, Reason, Rule, VersionId
from tearline.errors import InputError
from tearline.exposure.account import account
from tearline.exposure.candidates import traits
from tearline.exposure.situation import Setting
from tearline.policy import marks, whereabouts
from tearline.policy.marks import Banner
from tearline.policy.whereabouts import Located
from tearline.tearlines.problem import micro


@attrs.frozen(kw_only=True)
class Tried:
    """One text, what it is worth, and what stands in its way.

    Attributes:
        text: The version of every claim that is said, in the order of the case.
        said: Every proposed claim, and every other one that is said.
        value: What it is worth to the recipient, 0 to 10 for each claim.
        serves: Whether it is worth sending at all.
        readers: What each reader could work out, before and after.
        breaches: Limits that it breaks, the most exceeded first.
        forbidden: Rules that nothing in the case lifts, as sentences.
        ask: Who has a stake and has not answered.
        conditions: What must hold besides.
        banner: The marks of the text; ``None`` where the case says no system, or nothing is said.
    """

    text: Text
    said: tuple[Said, ...]
    value: float
    serves: bool
    readers: tuple[ReaderAccount, ...]
    breaches: tuple[Breach, ...]
    forbidden: tuple[str, ...]
    ask: tuple[PartyId, ...]
    conditions: tuple[str, ...]
    banner: Banner | None

    @property
    def stopped(self) -> bool:
        """Whether a limit or a rule stands in its way, whoever agrees."""
        return bool(self.breaches or self.forbidden)


def what_if(case: Case, text: Text) -> Tried:
    """Work out what ``text`` would mean if just that were proposed.

    Args:
        text: A version for each claim that is said; claims that are not there are withheld. Claims that
            are not proposed may be among them.
    Raises:
        InputError: There is no such claim or version.
    """
    wanted = _in_order(case, text)
    only = proposing(case, wanted)
    ranks: dict[ClaimId, int | None] = {claim: case.claim(claim).rank(version) for claim, version in wanted.items()}
    heard = listeners(only)
    every = {listener.party.id: saying(only, listener.party.id, ranks) for listener in heard}
    accounts = tuple(_account(only, listener, every[listener.party.id], ranks) for listener in heard)
    standing = [a for a in admissions(only) if wanted.get(a.claim) == a.version]
    known = recipient_holds(case)
    going = tuple(said_as(case, c.id, ranks.get(c.id), known) for c in case.claims if _is_in(case, c.id, wanted))
    value = worth(going, bonus(case, ranks, known) / micro(1))
    located = flagged(only, wanted)
    return Tried(
        text=wanted,
        said=going,
        value=value,
        serves=useful(value, case.proposal.minimum_value or 0.0) and not missing(case, ranks, known),
        readers=accounts,
        breaches=breaches(only, heard, ranks, every),
        forbidden=tuple(
            dict.fromkeys(
                [
                    *(reason.text for each in standing for reason in each.forbidden),
                    *_unmet(case, wanted, ranks, known),
                    *(reason.text for reason in _locating(only, standing, located)),
                ]
            )
        ),
        ask=_to_ask(standing),
        conditions=tuple(
            dict.fromkeys(
                [
                    *(condition for each in standing for condition in each.conditions),
                    *(condition for one in located if not one.bars for condition in whereabouts.conditions(one)),
                    *marks.whole(case, wanted),
                    *case.from_record.confirm,
                ]
            )
        ),
        banner=marks.banner(case, wanted),
    )


def proposing(case: Case, text: Text) -> Case:
    """The case in which just this text is proposed."""
    return attrs.evolve(case, proposal=attrs.evolve(case.proposal, claims=dict(text)))


def _in_order(case: Case, text: Mapping[ClaimId, VersionId]) -> dict[ClaimId, VersionId]:
    found = {c.id: text[c.id] for c in case.claims if c.id in text}
    for claim, version in text.items():
        if claim not in found:
            raise InputError(f"no claim `{claim}`; there is {listed(f'`{c.id}`' for c in case.claims)}")
        versions = [v.id for v in case.claim(claim).versions]
        if version not in versions:
            raise InputError(f"no version `{version}` of `{claim}`; there is {listed(f'`{v}`' for v in versions)}")
    return found


def _is_in(case: Case, claim: ClaimId, text: Text) -> bool:
    return claim in case.proposal.claims or claim in text


def _account(case: Case, listener: Listener, every: Sequence[Setting], ranks: Ranks) -> ReaderAccount:
    reader = listener.party.id
    options = (0,) * len(every[0].world.blocks)  # of every block the first option: all of it said
    said = {claim: rank for claim, rank in ranks.items() if rank is not None}
    return ReaderAccount(
        listener=listener,
        lines=account(case, every, options),
        in_doubt=worst_in_doubt(every_doubt(case, reader), case, said) if listener.binds else None,
        raw=raw_texts(case, traits(case, reader).holds_raw, every, options, said),
    )


def _unmet(case: Case, text: Text, ranks: Ranks, known: Known) -> list[str]:
    """Versions that make no sense without what the recipient would not have."""
    view, found = then_has(case, ranks, known), []
    for claim, version in text.items():
        for other, vaguest in needed(case, claim, case.claim(claim).rank(version)).items():
            if view.get(other, vaguest + 1) > vaguest:
                words = case.claim(other).versions[vaguest].id
                found.append(f"`{claim}` as `{version}` makes no sense without `{other}` as `{words}`.")
    return found


def _locating(case: Case, standing: Sequence[Admission], located: Sequence[Located]) -> list[Reason]:
    """Persons whom the text would let somebody find, unless a version does so by itself: that is said already."""
    if not standing or any(r.rule is Rule.PERSON_HARM for each in standing for r in each.forbidden):
        return []
    last = standing[-1]
    return [whereabouts.reason(one, last.claim, last.version) for one in located if one.bars]


def _to_ask(standing: Sequence[Admission]) -> tuple[PartyId, ...]:
    return tuple(sorted({stake.party for each in standing for stake, _ in each.unasked}))
