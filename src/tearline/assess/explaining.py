"""Taking an answer apart: who comes to read and how, what past releases cost, which sentence points at whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

import attrs

from tearline.assess.answer import Assessment
from tearline.domain import Case, ClaimId, PartyId, Refuse, VersionId
from tearline.errors import InputError
from tearline.exposure.evidence import Explanation, explain
from tearline.exposure.history import Spent, held, history, in_order
from tearline.exposure.leak_graph import Edge, leak_graph, packages_of
from tearline.exposure.leaks import Reach, importance, reach
from tearline.exposure.likelihood import View, also
from tearline.exposure.situation import Setting, settings


class Wording(Enum):
    """Which text is explained."""

    RECOMMENDED = "recommended"
    PROPOSED = "proposed"  # every claim as exactly as was proposed; nobody has released it


@attrs.frozen(kw_only=True)
class Reasoning:
    """One way in which a reader may reason, and where it leads.

    Attributes:
        like: The reader whose candidates it borrows; ``None``: it has its own, or assumed ones.
        evidence: The weight of each piece, under the prior as written.
    """

    like: PartyId | None
    evidence: Explanation


@attrs.frozen(kw_only=True)
class Cut:
    """A way by which a reader comes to read, and what would be left if it were closed.

    Attributes:
        edge: If it has a cause it stands for everything that this opens.
        importance: How much it matters whether it is open: P(reads | open) - P(reads | shut), at the
            best points.
        without: How likely the reader would get anything if it were closed.
    """

    edge: Edge
    importance: float
    without: Reach


MOST_CUTS = 3
"""So many ways are named, the most important ones."""


@attrs.frozen(kw_only=True)
class ReaderExplanation:
    """One reader's reasoning about everything given so far and one text.

    It is taken to hold all of that, as the limits take it.

    Attributes:
        ever: How likely it gets anything of all that was given so far, the proposal included.
        cuts: What could be closed, most important first; empty where it gets it for certain.
        spent: Past releases and what each cost, in their order.
        ways: Every way in which it may reason; one unless it has to borrow from several readers.
    """

    reader: PartyId
    ever: Reach
    cuts: tuple[Cut, ...]
    spent: tuple[Spent, ...]
    ways: tuple[Reasoning, ...]


@attrs.frozen(kw_only=True)
class TextExplanation:
    """One text, and what readers could make of it.

    Attributes:
        said: What it says: the version of each claim that is not withheld, in the order of the case.
        readers: Hostile ones first, then in the order of the case.
    """

    wording: Wording
    said: Mapping[ClaimId, VersionId]
    readers: tuple[ReaderExplanation, ...]


def explained(found: Assessment, reader: PartyId | None = None, *, proposed: bool = False) -> TextExplanation:
    """Explain the recommended text to ``reader``, or to every reader that binds.

    Args:
        reader: Any who may come to read something; ``None``: all that bind.
        proposed: Explain the text as proposed. Where the decision is a refusal it is always that one,
            because nothing is recommended.
    Raises:
        InputError: There is no such reader.
    """
    case = found.case
    heard = sorted((r.listener for r in found.readers), key=lambda listener: not listener.party.hostile)
    if reader is not None and reader not in {each.party.id for each in heard}:
        raise InputError(_who_reads(case, reader, [each.party.id for each in heard]))
    wanted = [reader] if reader is not None else [each.party.id for each in heard if each.binds]
    ever = {each.party.id: each.ever for each in heard}
    wording = Wording.PROPOSED if proposed or isinstance(found.decision, Refuse) else Wording.RECOMMENDED
    said = _proposed(case) if wording is Wording.PROPOSED else found.tearline.versions
    return TextExplanation(
        wording=wording, said=said, readers=tuple(explained_to(case, said, each, ever[each]) for each in wanted)
    )


def _proposed(case: Case) -> dict[ClaimId, VersionId]:
    """Every proposed claim in the most exact version that was proposed."""
    wanted = case.proposal.claims
    return {c.id: wanted[c.id] or c.versions[0].id for c in case.claims if c.id in wanted}


def _who_reads(case: Case, reader: PartyId, heard: Sequence[PartyId]) -> str:
    who = f"those who come to read something: {', '.join(f'`{r}`' for r in heard) or 'nobody'}"
    if reader not in {party.id for party in case.parties}:
        return f"no party `{reader}`; {who}"
    return f"`{reader}` does not come to read anything in this case; {who}"


def _cuts(case: Case, reader: PartyId) -> tuple[Cut, ...]:
    graph, starts = leak_graph(case), frozenset[PartyId]().union(*packages_of(case))
    found = []
    for edge, matters in list(importance(graph, starts, reader).items())[:MOST_CUTS]:
        if matters > 0:
            found.append(Cut(edge=edge, importance=matters, without=reach(graph.without(edge), starts, reader)))
    return tuple(found)


def explained_to(case: Case, said: Mapping[ClaimId, VersionId], reader: PartyId, ever: Reach) -> ReaderExplanation:
    """Explain one text to one reader.

    Args:
        ever: How likely it gets anything of all that was given so far, the proposal included.
    """
    before: View = held(case, in_order(case))
    view = also(case, before, [(claim, case.claim(claim).rank(version)) for claim, version in said.items()])
    ordered = {c: view[c] for c in dict.fromkeys([*_released(case), *view])}
    written = {s.mind.borrowed_from: s for s in settings(case, reader, before, ()) if _is_as_written(s)}
    return ReaderExplanation(
        reader=reader,
        ever=ever,
        cuts=_cuts(case, reader),
        spent=history(case, reader),
        ways=tuple(Reasoning(like=s.mind.borrowed_from, evidence=explain(case, s, ordered)) for s in written.values()),
    )


def _is_as_written(setting: Setting) -> bool:
    """Whether it is about the truth as it is, under the prior as it is written."""
    return setting.prior.written and not setting.mind.truth


def _released(case: Case) -> list[ClaimId]:
    return [claim for given in in_order(case) for claim in given.claims]
