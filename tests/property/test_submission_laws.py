"""Laws of the page to be signed, over generated cases: one page, the recommended words, and no others."""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_cases import any_case
from tearline.assess import assess
from tearline.assess.submission import submission
from tearline.cli.render_submission import LINES, markdown, plain
from tearline.domain import Ask, Case, ClaimId, VersionId


def with_telling_words(case: Case) -> Case:
    """The case with a word in every version that stands nowhere else."""
    claims = tuple(
        attrs.evolve(
            claim,
            versions=tuple(attrs.evolve(v, text=f"Secret-of-{claim.id}-{v.id}-end happened.") for v in claim.versions),
        )
        for claim in case.claims
    )
    return attrs.evolve(case, claims=claims)


@settings(max_examples=30)
@given(any_case())
def test_it_is_one_page_that_holds_the_recommended_words_and_no_others(case: Case) -> None:
    """But for what they imply, where somebody else has a stake in it and is asked about that."""
    found = assess(with_telling_words(case))

    said = found.tearline.versions.items()
    new = [each for each in found.asked if isinstance(found.decision, Ask) and not each.asked_on]
    asked = {pair for each in new for pair in each.covers}
    implied = {pair for claim, version in said for pair in entailed(found.case, claim, version)}
    for page in (plain(submission(found)), markdown(submission(found))):
        assert page.count("\n") <= LINES
        for claim in found.case.claims:
            for version in claim.versions:
                stands = f"Secret-of-{claim.id}-{version.id}-end" in page.replace("\\", "")
                assert stands == ((claim.id, version.id) in said | asked)
    assert asked <= implied


def entailed(case: Case, claim: ClaimId, version: VersionId) -> set[tuple[ClaimId, VersionId]]:
    """What words say, and all that they imply."""
    ranks = case.entails(claim, case.claim(claim).rank(version))
    return {(each, case.claim(each).versions[rank].id) for each, rank in ranks.items()}


@settings(max_examples=20)
@given(any_case(), st.text(max_size=400))
def test_whatever_somebody_wrote_is_text_and_the_page_stays_one(case: Case, words: str) -> None:
    written = attrs.evolve(case, title=words, proposal=attrs.evolve(case.proposal, harm_of_silence=words, by=words))

    page = plain(submission(assess(written)))

    assert page.count("\n") <= LINES
    assert not any(ord(c) < 32 and c != "\n" for c in page)


@settings(max_examples=20)
@given(any_case())
def test_everybody_who_must_be_asked_is_on_it(case: Case) -> None:
    found = assess(case)

    page = submission(found)

    boxes = [box for section in page.sections for box in section.boxes]
    if isinstance(found.decision, Ask):
        for party in found.decision.consult:
            assert any(box.startswith(found.case.party(party).label) for box in boxes)
