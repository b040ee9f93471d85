"""The search for the best text: the case's worlds handed to the solver, its answer put back in names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tearline.assess import content
from tearline.assess.answer import Said, Tearline
from tearline.assess.audience import Listener
from tearline.assess.content import Known
from tearline.assess.reasoning import Doubting, every_doubt, every_setting
from tearline.domain import Case, ClaimId, PartyId, Version, VersionId
from tearline.exposure.history import held
from tearline.exposure.likelihood import most_exact
from tearline.exposure.several import Doubts
from tearline.exposure.situation import Block, Choice, Setting, blocks
from tearline.tearlines.frontier import lightest
from tearline.tearlines.problem import Block as Decision
from tearline.tearlines.problem import Demand, Option, Problem, largest_load, micro
from tearline.tearlines.solution import Limits, Progress, Solution
from tearline.tearlines.solve import solve

Admitted = Mapping[ClaimId, Sequence[VersionId]]
Effort = Limits
"""How long to search, whom to tell (values and bounds in micro-units), and when to stop."""

NODES = 20_000
"""How many nodes the search may open before it answers with what it has and a certified gap."""
THOROUGH = Effort()
"""The usual effort."""


@attrs.frozen(eq=False, kw_only=True)
class Question:
    """What may be decided, and every world in which the limits must hold.

    Attributes:
        told: The case with only those proposed claims that may be considered: who must be asked about
            others is told nothing.
        urgent: Claims that must be said in some words, before any value counts: those of a duty to warn.
        binding: Settings of every reader that binds.
        reported: Settings of every other reader, which no limit protects against.
        doubts: Every reader that binds, in doubt whether one source or several stand behind it all.
    """

    case: Case
    told: Case
    blocks: tuple[Block, ...]
    urgent: frozenset[ClaimId] = frozenset()
    binding: Mapping[PartyId, tuple[Setting, ...]]
    reported: Mapping[PartyId, tuple[Setting, ...]]
    doubts: Mapping[PartyId, tuple[Doubts, ...]] = attrs.field(factory=dict)

    @property
    def every(self) -> Mapping[PartyId, tuple[Setting, ...]]:
        """Settings of every reader."""
        return {**self.binding, **self.reported}


def question(
    case: Case, listeners: Sequence[Listener], admitted: Admitted, urgent: frozenset[ClaimId] = frozenset()
) -> Question:
    """Set up the search among ``admitted`` versions that are worth anything at all, or that others count on."""
    told, known = narrowed(case, admitted), recipient_holds(case)
    counting = {
        claim: [v for v in versions if _is_worth(case, claim, v) or content.counts(case, claim, v)]
        for claim, versions in admitted.items()
    }
    ties = content.ties(case, counting)
    decisions = blocks(case, counting, ties, lambda text: content.coherent(case, text, known))

    def worlds(bind: bool) -> dict[PartyId, tuple[Setting, ...]]:
        return {
            listener.party.id: every_setting(told, listener.party.id, decisions)
            for listener in listeners
            if listener.binds == bind
        }

    return Question(
        case=case,
        told=told,
        blocks=decisions,
        urgent=urgent,
        binding=worlds(True),
        reported=worlds(False),
        doubts={each.party.id: every_doubt(told, each.party.id) for each in listeners if each.binds},
    )


def narrowed(case: Case, admitted: Admitted) -> Case:
    """The case with only those proposed claims of which some version may be considered."""
    claims = {claim: most for claim, most in case.proposal.claims.items() if admitted.get(claim)}
    return attrs.evolve(case, proposal=attrs.evolve(case.proposal, claims=claims))


def problem(asked: Question) -> Problem:
    """The same as plain arrays: what the solver sees."""
    known, urgency = recipient_holds(asked.case), _urgency(asked)
    decisions = []
    for block in asked.blocks:
        options = tuple(
            Option(
                value=_worth(asked.case, block, option, known) + urgency * _spoken(asked, block, option),
                key=_key(asked.case, block, option),
            )
            for option in block.options
        )
        decisions.append(Decision(options=options, silence=len(options) - 1))
    worlds = tuple(s.world for per_reader in asked.binding.values() for s in per_reader)
    doubts = tuple(each for per_reader in asked.doubts.values() for each in per_reader)
    whole = (Doubting(asked.told, asked.blocks, doubts),) if doubts else ()
    return Problem(blocks=tuple(decisions), worlds=worlds, demands=_demands(asked, known), whole=whole)


def _demands(asked: Question, known: Known) -> tuple[Demand, ...]:
    """The lines of ``actionable`` that are not met already, by the options that meet them."""
    case = asked.case
    found = []
    for line in content.missing(case, {}, known):
        options = {
            index: frozenset(
                which
                for which, option in enumerate(block.options)
                if any(content.has(case, _told(case, block, option), c, v) for c, v in line.items())
            )
            for index, block in enumerate(asked.blocks)
        }
        found.append(Demand(options={index: those for index, those in options.items() if those}))
    return tuple(found)


def _told(case: Case, block: Block, option: Choice) -> dict[ClaimId, int]:
    """What an option tells somebody who has nothing."""
    return content.then_has(case, dict(zip(block.claims, option, strict=True)), {})


@attrs.frozen(kw_only=True)
class Best:
    """The best options found, one for each block, and what is proved about them.

    Attributes:
        upper_bound: No text inside the limits that says as many urgent claims is worth more
            (micro-units).
        canonical: Whether ties are settled as well: no other text that says as many urgent claims and is worth
            as much uses up less, or as much with smaller versions.
        load: The largest share of any limit that is used.
    """

    options: tuple[int, ...]
    upper_bound: int
    proved: bool
    canonical: bool
    load: float


def best(asked: Question, effort: Effort = THOROUGH) -> Best:
    """The most valuable text inside every limit; saying nothing where there is none.

    Saying nothing is inside every limit, because limits that were passed before stand at what was
    reached. Only a search that is cut short, or for a text that is enough to act on, can end without
    any text; then nothing is said.
    """
    plain = problem(asked)
    found = _solved(plain, attrs.evolve(effort, progress=_in_values(asked, effort.progress)))
    options = plain.silence() if found.options is None else found.options
    load = largest_load(plain, options) if found.options is None else found.load
    spoken = sum(_spoken(asked, block, block.options[o]) for block, o in zip(asked.blocks, options, strict=True))
    bound = min(max(found.upper_bound - _urgency(asked) * spoken, 0), _most(asked))
    return Best(options=options, upper_bound=bound, proved=found.proved, canonical=found.canonical, load=load)


def _solved(plain: Problem, effort: Effort) -> Solution:
    """The solution; where texts were refused unmeasured it is not proved, and others bound its worth."""

    def is_exhausted() -> bool:
        return any(further.is_exhausted for further in plain.whole)

    def stop() -> bool:
        return is_exhausted() or (effort.stop is not None and effort.stop())

    found = solve(plain, nodes=effort.nodes, progress=effort.progress, stop=stop)
    if not is_exhausted():
        return found
    bound = solve(attrs.evolve(plain, whole=()), nodes=effort.nodes, stop=effort.stop).upper_bound
    return attrs.evolve(found, proved=False, canonical=False, upper_bound=max(found.value, bound))


def _most(asked: Question) -> int:
    """What everything would be worth (micro-units), limits apart."""
    known = recipient_holds(asked.case)
    return sum(max(_worth(asked.case, block, option, known) for option in block.options) for block in asked.blocks)


def _urgency(asked: Question) -> int:
    """What it counts in the search that one urgent claim is said at all: more than everything is worth."""
    return _most(asked) + 1


def _in_values(asked: Question, progress: Progress | None) -> Progress | None:
    """Progress without what urgent claims count for in the search."""
    if progress is None:
        return None
    urgency, most = _urgency(asked), _most(asked)
    return lambda nodes, best, bound: progress(
        nodes, None if best is None else best % urgency, min(bound % urgency, most)
    )


def chosen(asked: Question, options: Sequence[int]) -> dict[ClaimId, int | None]:
    """Ranks of the chosen versions by claim; ``None``: withheld."""
    ranks: dict[ClaimId, int | None] = {}
    for block, option in zip(asked.blocks, options, strict=True):
        ranks.update(zip(block.claims, block.options[option], strict=True))
    return {c.id: ranks[c.id] for c in asked.case.claims if c.id in ranks}


def said(asked: Question, options: Sequence[int]) -> tuple[Said, ...]:
    """What the chosen options say, claim by claim."""
    known = recipient_holds(asked.case)
    return tuple(said_as(asked.case, claim, rank, known) for claim, rank in chosen(asked, options).items())


def worth(going: Sequence[Said], beyond: float = 0.0) -> float:
    """What a text is worth, in the six digits in which values are counted."""
    return round(sum(s.value for s in going) + beyond, 6)


def together(asked: Question, options: Sequence[int]) -> float:
    """What the chosen options are worth beyond their sentences."""
    return content.bonus(asked.case, chosen(asked, options), recipient_holds(asked.case)) / micro(1)


def tearline(asked: Question, solution: Best) -> Tearline:
    """The best text, and what the search has proved about it."""
    return _written(asked, solution.options, solution.upper_bound, solution.proved, solution.load)


def instead(asked: Question, options: tuple[int, ...], found: Tearline) -> Tearline:
    """Another text than the one that the search found: nothing at all, or a warning beyond the limits.

    What the search has proved about texts inside the limits stays as it is; nothing at all is the best
    that serves once the search is finished.
    """
    nothing = options == problem(asked).silence()
    bound = 0 if nothing and found.proved else micro(found.upper_bound)
    return _written(asked, options, bound, found.proved, largest_load(problem(asked), options))


def _written(asked: Question, options: tuple[int, ...], bound: int, proved: bool, load: float) -> Tearline:
    case, going, beyond = asked.case, said(asked, options), together(asked, options)
    value, minimum = worth(going, beyond), case.proposal.minimum_value or 0.0
    enough = not content.missing(case, chosen(asked, options), recipient_holds(case))
    return Tearline(
        said=going,
        value=value,
        held=round(sum(s.held for s in going) + content.largest_bonus(case) / micro(1), 6),
        together=beyond,
        serves=enough and useful(value, minimum) and asked.urgent <= {s.claim for s in going if s.value > 0},
        upper_bound=bound / micro(1),
        proved=proved,
        load=load,
    )


def least_telling(asked: Question, minimum: float, effort: Effort = THOROUGH) -> tuple[int, ...] | None:
    """The text that comes least far beyond the limits and says every urgent claim, whether or not inside them.

    Only for a duty to warn. ``None`` where nothing useful is admitted.
    """
    few = None if effort.nodes is None else max(1, effort.nodes // STEPS)
    least = _urgency(asked) * len(asked.urgent) + max(1, micro(minimum))
    return lightest(problem(asked), least, few, _in_values(asked, effort.progress), effort.stop)


STEPS = 16
"""About so many searches find the least telling text; they share the nodes."""


def useful(value: float, minimum: float) -> bool:
    """Whether a text of that value is worth sending at all."""
    return micro(value) > 0 and micro(value) >= micro(minimum)


def _is_worth(case: Case, claim: ClaimId, version: VersionId) -> bool:
    return micro(case.claim(claim).version(version).value) > 0


def recipient_holds(case: Case) -> Known:
    """What was handed to the recipient itself before, and what everybody can read by now."""
    handed = most_exact(held(case, tuple(given for given in case.given if case.proposal.to in given.to)))
    for claim in case.claims:
        public = [rank for rank, version in enumerate(claim.versions) if _is_public(case, version)]
        if public:
            handed[claim.id] = min(public[0], handed.get(claim.id, public[0]))
    return handed


def _is_public(case: Case, version: Version) -> bool:
    """Whether it may be public by now; in a case without a date it is not."""
    return version.public is not None and case.as_of is not None and version.public.first <= case.as_of


def _worth(case: Case, block: Block, option: Choice, known: Known) -> int:
    """The value of an option to the recipient in micro-units, rounded down; nothing for what it has.

    Claims that belong together are in one block, so what they are worth together is there, too.
    """
    total = content.bonus(case, dict(zip(block.claims, option, strict=True)), known)
    for claim, rank in zip(block.claims, option, strict=True):
        if rank is not None and _is_new(claim, rank, known):
            total += micro(case.claim(claim).versions[rank].value)
    return total


def _is_new(claim: ClaimId, rank: int, known: Known) -> bool:
    """Whether the recipient does not have it already, as exactly or more so."""
    return not (claim in known and known[claim] <= rank)


def _spoken(asked: Question, block: Block, option: Choice) -> int:
    """How many urgent claims an option says."""
    return sum(rank is not None and claim in asked.urgent for claim, rank in zip(block.claims, option, strict=True))


def to_be_said(case: Case, admitted: Admitted) -> frozenset[ClaimId]:
    """Claims of which the recipient has nothing yet, and some admitted version is worth something."""
    known = recipient_holds(case)
    return frozenset(
        claim
        for claim, versions in admitted.items()
        if claim not in known and any(_is_worth(case, claim, version) for version in versions)
    )


def _key(case: Case, block: Block, option: Choice) -> tuple[int, ...]:
    """Ranks for ties: more exact first, withheld last."""
    return tuple(
        len(case.claim(claim).versions) if rank is None else rank
        for claim, rank in zip(block.claims, option, strict=True)
    )


def said_as(case: Case, claim: ClaimId, rank: int | None, known: Known) -> Said:
    """One claim in one version (``None``: withheld), worth nothing where the recipient has it already."""
    versions = case.claim(claim).versions
    if rank is None:
        return Said(claim=claim, version=None, text="", value=0.0, held=versions[0].value)
    version = versions[rank]
    return Said(
        claim=claim,
        version=version.id,
        text=version.text,
        value=version.value if _is_new(claim, rank, known) else 0.0,
        held=versions[0].value,
    )
