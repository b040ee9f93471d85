"""Laws of harm to persons: together as alone, whoever judged, and through whatever hands."""

import itertools
from collections.abc import Mapping, Sequence
from random import Random

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_cases import HUMAN, cases
from tearline.assess import assess
from tearline.assess.apart import Admitted, apart, flagged
from tearline.domain import (
    Allow,
    AllowIf,
    Ask,
    Aspect,
    Case,
    ClaimId,
    Harm,
    Judgement,
    Person,
    Refuse,
    Risk,
    Taint,
    VersionId,
    Wrong,
)
from tearline.policy.whereabouts import located

SAFE = dict.fromkeys(Harm, Risk.NONE)
PEOPLE = ("p0", "p1")
Text = Mapping[ClaimId, VersionId]


@st.composite
def told_of(draw: st.DrawFn) -> Case:
    """A small case whose sentences tell something about people, who face something or nothing."""
    case = draw(cases())
    aspects = st.lists(st.sampled_from(Aspect), min_size=1, max_size=2, unique=True).map(tuple)
    tells = st.dictionaries(st.sampled_from(PEOPLE), aspects, max_size=2)
    risks = st.sampled_from([SAFE, SAFE | {Harm.KILLING: Risk.REAL}, {}])
    claims = [
        attrs.evolve(claim, versions=tuple(attrs.evolve(version, tells=draw(tells)) for version in claim.versions))
        for claim in case.claims
    ]
    listed = tuple(Person(id=person, risk=draw(risks), versions=("nowhere",)) for person in PEOPLE)
    elsewhere = attrs.evolve(
        claims[0],
        id=ClaimId("elsewhere"),
        event=None,
        attended={},
        siblings=(),
        persons=listed,
        versions=(attrs.evolve(claims[0].versions[0], id=VersionId("nowhere"), tells={}, implies={}),),
    )
    return attrs.evolve(case, claims=(*claims, elsewhere))


def worth(case: Case, text: Text) -> float:
    return sum(case.claim(claim).version(version).value for claim, version in text.items())


def every_text(admitted: Admitted) -> Sequence[Text]:
    """All texts among some versions, each claim said in one of them or withheld."""
    options = [[*((claim, version) for version in versions), None] for claim, versions in admitted.items()]
    return [dict(said for said in chosen if said) for chosen in itertools.product(*options)]


def slowly_told(
    case: Case, claim: ClaimId, rank: int, person: str, read: tuple[tuple[ClaimId, int], ...] = ()
) -> set[Aspect]:
    """What words tell of a person, sentence by sentence, following everything that they imply; nothing twice."""
    found: set[Aspect] = set()
    if (claim, rank) in read:
        return found
    for at in range(rank, len(case.claim(claim).versions)):
        version = case.claim(claim).versions[at]
        found |= set(version.tells.get(person, ()))
        for other, words in version.implies.items():
            found |= slowly_told(case, other, case.claim(other).rank(words), person, (*read, (claim, rank)))
    return found


@settings(max_examples=60)
@given(told_of(), st.randoms(use_true_random=False))
def test_who_is_located_is_who_a_slow_look_at_every_sentence_finds(case: Case, chance: Random) -> None:
    text = chance.choice(every_text({c: tuple(v.id for v in case.claim(c).versions) for c in case.proposal.claims}))
    said = {claim: case.claim(claim).rank(version) for claim, version in text.items()}

    found = {one.person for one in located(case, said, {})}

    slow = {p for p in PEOPLE if set().union(*(slowly_told(case, c, r, p) for c, r in said.items())) == set(Aspect)}
    assert found == slow


@settings(max_examples=60)
@given(told_of())
def test_taking_apart_finds_the_best_of_all_texts_that_locate_nobody(case: Case) -> None:
    admitted = {claim: tuple(v.id for v in case.claim(claim).versions) for claim in case.proposal.claims}

    def solve(versions: Admitted) -> Text:
        return max(every_text(versions), key=lambda text: worth(case, text))

    found = apart(case, admitted, solve, dict, lambda text: (worth(case, text),))

    harmless = [text for text in every_text(admitted) if not any(one.bars for one in flagged(case, text))]
    assert found in harmless
    assert worth(case, found) == max(worth(case, text) for text in harmless)


@settings(max_examples=25)
@given(told_of())
def test_no_text_that_may_go_locates_anybody_at_risk(case: Case) -> None:
    found = assess(case)

    assert not any(one.bars for one in flagged(case, found.tearline.versions))


def goes(case: Case) -> float:
    """What may go, asked or not."""
    found = assess(case)
    return found.tearline.value if isinstance(found.decision, Allow | AllowIf | Ask) else 0.0


@settings(max_examples=20)
@given(cases(), st.sampled_from(Harm), st.sampled_from(Risk), st.booleans())
def test_one_more_judgement_never_lets_more_go(case: Case, harm: Harm, risk: Risk, after: bool) -> None:
    person = Person(id="p", risk=SAFE)
    more = attrs.evolve(person, judgements=(Judgement(by="an office", risk={harm: risk}, after_mitigation=after),))
    with_person, with_more = (
        attrs.evolve(case, claims=tuple(attrs.evolve(claim, persons=(one,)) for claim in case.claims))
        for one in (person, more)
    )

    assert goes(with_more) <= goes(with_person)


@settings(max_examples=20)
@given(cases(), st.booleans())
def test_nothing_that_rests_on_marked_material_goes_before_somebody_has_decided(case: Case, derived: bool) -> None:
    mark = Taint(how=Wrong.TORTURE)
    sources = tuple(attrs.evolve(s, tainted=mark) if s.id == HUMAN else s for s in case.sources)
    claims = tuple(attrs.evolve(claim, sources=(HUMAN,)) for claim in case.claims)
    if derived:
        first = attrs.evolve(claims[0], id=ClaimId("prior"), siblings=())
        claims = (first, *(attrs.evolve(claim, sources=(), derived_from=(first.id,)) for claim in claims))

    found = assess(attrs.evolve(case, sources=sources, claims=claims))

    assert isinstance(found.decision, Refuse)
    assert found.outgoing is None
