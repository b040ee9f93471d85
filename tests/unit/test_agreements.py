"""Standing arrangements and who carries what: doubt is outside."""

import datetime as dt
from typing import Any

import attrs
import pytest

from small_case import TODAY, small_case, with_claim, with_proposal, yes
from tearline.assess import assess
from tearline.assess.admission import admissions
from tearline.assess.notices import not_weighed
from tearline.cases import read
from tearline.cases.policies import read_policy
from tearline.domain import (
    Accreditation,
    Agreement,
    Agrement,
    Allow,
    AllowIf,
    Case,
    Direction,
    Form,
    Given,
    Officer,
    Permission,
    Purpose,
    Quota,
    Refuse,
    Rule,
    Signature,
)
from tearline.errors import CaseFileError
from tearline.policy.agreements import cleared_alone_under, outside

SIGNED = tuple(Signature(party=party, by="the director", on=dt.date(2026, 1, 1)) for party in ("A", "B"))


def agreement(**changes: Any) -> Agreement:
    """An agreement with B that covers the small case, unless changed."""
    whole = Agreement(
        id="pact", parties=("B",), topics=("meetings",), forms=(Form.RELEASE,), signed=SIGNED, until=dt.date(2027, 1, 1)
    )
    return attrs.evolve(whole, **changes)


def under(pact: Agreement | None = None, **changes: Any) -> Case:
    """The small case, cleared by C, under the agreement."""
    case = with_claim(small_case(consents=(yes("C"),)), topic="meetings")
    case = attrs.evolve(case, agreements=(pact or agreement(),), **changes)
    return with_proposal(case, agreement="pact")


def told(days_ago: int, **changes: Any) -> Given:
    """Something told to B so many days ago."""
    given = Given(to=("B",), on=TODAY - dt.timedelta(days=days_ago), claims={"meeting": "vague"}, agreement="pact")
    return attrs.evolve(given, **changes)


def test_what_an_agreement_covers_goes_under_it() -> None:
    assert isinstance(assess(under()).decision, Allow)


def test_without_a_word_of_an_agreement_nothing_of_it_applies() -> None:
    expired = agreement(until=dt.date(2020, 1, 1))

    assert isinstance(assess(with_proposal(under(expired), agreement=None)).decision, Allow)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"until": TODAY - dt.timedelta(days=1)}, "ended on 19 November 2026"),
        ({"since": TODAY + dt.timedelta(days=1)}, "begins only on 21 November 2026"),
        ({"suspended": TODAY}, "is suspended since 20 November 2026"),
        ({"topics": ("ports",)}, "`meetings`, the topic of `meeting`, is none of"),
        ({"forms": (Form.DISCLOSURE,)}, "does not extend to the form `release`"),
        ({"purposes": (Purpose.WARNING,)}, "does not extend to the purpose `routine`"),
        ({"parties": ("C",)}, "is not with B"),
        ({"gives": Direction.THEM}, "we only receive"),
        ({"signed": SIGNED[:1]}, "nobody has signed the agreement `pact` for B"),
        ({"signed": SIGNED[1:]}, "nobody has signed the agreement `pact` for A"),
        ({"signed": (SIGNED[0], attrs.evolve(SIGNED[1], on=TODAY + dt.timedelta(days=1)))}, "only on 21 November 2026"),
        ({"quota": Quota(count=0, days=30)}, "is used up"),
    ],
)
def test_what_is_certainly_outside_is_refused_with_the_reason(changes: dict[str, Any], why: str) -> None:
    decision = assess(under(agreement(**changes))).decision

    assert isinstance(decision, Refuse)
    assert [r.text for r in decision.reasons if r.rule is Rule.AGREEMENT and why.casefold() in r.text.casefold()]


def test_a_permission_beyond_the_agreement_is_outside() -> None:
    acting = with_proposal(under(), allows=(Permission.ACT,))

    assert [found.text for found in outside(acting, acting.claims[0])] == ["the agreement `pact` does not permit `act`"]


def test_the_last_day_is_inside() -> None:
    assert isinstance(assess(under(agreement(until=TODAY, since=TODAY))).decision, Allow)


def test_a_claim_without_a_topic_is_outside_until_somebody_confirms() -> None:
    decision = assess(with_claim(under(), topic=None)).decision

    assert isinstance(decision, AllowIf)
    assert "nobody has said whether `meeting` is a topic" in decision.conditions[0]


def test_an_agreement_that_the_case_does_not_have_covers_nothing_until_somebody_confirms() -> None:
    decision = assess(attrs.evolve(under(), agreements=())).decision

    assert isinstance(decision, AllowIf)
    assert "does not say what `pact` covers" in decision.conditions[0]


def test_without_a_day_nobody_can_tell_whether_it_holds() -> None:
    decision = assess(attrs.evolve(under(), as_of=None)).decision

    assert isinstance(decision, AllowIf)
    assert "the case has no day" in decision.conditions[0]


@pytest.mark.parametrize(("days", "covered"), [((1, 2), False), ((1, 30), True), ((29,), True), ((0, 29), False)])
def test_a_quota_counts_what_went_in_its_days(days: tuple[int, ...], covered: bool) -> None:
    case = under(agreement(quota=Quota(count=2, days=30)), given=tuple(map(told, days)))

    assert (outside(case, case.claims[0]) == ()) == covered


def test_what_went_without_a_word_of_an_agreement_may_count() -> None:
    case = under(agreement(quota=Quota(count=1, days=30)), given=(told(1, agreement=None),))

    (found,) = outside(case, case.claims[0])
    assert not found.certain
    assert "if what does not say under which agreement it went counts" in found.text


@pytest.mark.parametrize(
    "changes", [{"agreement": "another"}, {"agreement": None, "to": ("C",)}, {"agreement": None, "form": Form.ACTION}]
)
def test_what_went_otherwise_does_not_count(changes: dict[str, Any]) -> None:
    case = under(agreement(quota=Quota(count=1, days=30)), given=(told(1, **changes),))

    assert outside(case, case.claims[0]) == ()


def test_one_officer_is_enough_only_for_what_is_covered_beyond_doubt() -> None:
    routine = agreement(single_officer=True)

    assert cleared_alone_under(under(routine)) == "pact"
    assert cleared_alone_under(under()) == ""
    assert cleared_alone_under(with_claim(under(routine), topic=None)) == ""
    assert cleared_alone_under(under(agreement(single_officer=True, until=dt.date(2020, 1, 1)))) == ""


def test_what_the_words_imply_must_be_covered_too() -> None:
    case = under(agreement(single_officer=True))
    (said,) = case.claims
    telling = attrs.evolve(said, versions=tuple(attrs.evolve(v, implies={"depot": "vague"}) for v in said.versions))
    implied = attrs.evolve(said, id="depot", topic="depots")

    whole = attrs.evolve(case, claims=(telling, implied))

    assert cleared_alone_under(whole) == ""
    assert any(
        r.rule is Rule.AGREEMENT and r.claim == "depot"
        for admission in admissions(whole)
        if admission.claim == "meeting"
        for r in admission.forbidden
    )


# --- agreements of the case and of its policy -------------------------------------------------------------

POLICY = """\
tearline_policy: 1
title: what treaties allow
agreements: {treaty: {with: B, until: 2026-12-31}}
rules:
  by-treaty:
    {effect: permit, text: By treaty., owner: o, review: 2027-01-01, when: {agreement.in_force: true}}
otherwise: {text: Nothing else., owner: o, review: 2027-01-01}
"""


def test_an_agreement_of_the_policy_is_judged_by_its_rules_alone() -> None:
    case = with_proposal(attrs.evolve(under(), policy=read_policy(POLICY)), agreement="treaty")
    too_late = attrs.evolve(case, as_of=dt.date(2027, 1, 1))

    assert outside(case, case.claims[0]) == ()
    assert not any(r.rule is Rule.POLICY for a in admissions(case) for r in a.forbidden)
    assert {r.rule for a in admissions(too_late) for r in a.forbidden} >= {Rule.POLICY}
    assert {r.rule for a in admissions(too_late) for r in a.forbidden}.isdisjoint({Rule.AGREEMENT})


def test_an_agreement_that_both_know_must_pass_both() -> None:
    expired = agreement(id="treaty", until=dt.date(2026, 1, 1))
    both = attrs.evolve(under(agreement(id="treaty")), policy=read_policy(POLICY))
    case = with_proposal(both, agreement="treaty")

    def rules_of(case: Case) -> set[Rule]:
        return {r.rule for a in admissions(case) if a.version == "vague" for r in a.forbidden}

    assert rules_of(case) == set()
    assert rules_of(attrs.evolve(case, agreements=(expired,))) == {Rule.AGREEMENT}
    assert rules_of(attrs.evolve(case, policy=read_policy(POLICY.replace("2026-12-31", "2026-01-01")))) == {Rule.POLICY}


@pytest.mark.parametrize(("known", "unread"), [((agreement(),), False), ((), True)])
def test_only_an_agreement_that_nobody_reads_is_called_unread(known: tuple[Agreement, ...], unread: bool) -> None:
    case = attrs.evolve(under(), agreements=known)

    assert any("no policy" in line for line in not_weighed(case)) is unread


# --- officers ---------------------------------------------------------------------------------------------


def carried(*events: Accreditation, **changes: Any) -> Case:
    """The small case, cleared by C, carried by an officer with this record."""
    officer = attrs.evolve(Officer(id="liaison", declared_to="B", accreditation=events), **changes)
    case = small_case(consents=(yes("C"),), officers=(officer,))
    return with_proposal(case, carried_by="liaison")


def event(answer: Agrement, days_ago: int = 10, **changes: Any) -> Accreditation:
    """Something that became of an accreditation."""
    return Accreditation(on=TODAY - dt.timedelta(days=days_ago), answer=answer, **changes)


def test_an_officer_whom_they_have_accepted_may_carry_it() -> None:
    assert isinstance(assess(carried(event(Agrement.ACCEPTED))).decision, Allow)


@pytest.mark.parametrize(
    "case",
    [
        carried(),
        carried(event(Agrement.REQUESTED)),
        carried(event(Agrement.ACCEPTED, 20), event(Agrement.EXPELLED, 10)),
        carried(event(Agrement.ACCEPTED), event(Agrement.REFUSED)),
        carried(event(Agrement.ACCEPTED, until=TODAY - dt.timedelta(days=1))),
        carried(event(Agrement.ACCEPTED, -1)),
        carried(event(Agrement.ACCEPTED), declared_to="C"),
        carried(event(Agrement.ACCEPTED), declared_to=None),
    ],
)
def test_without_a_standing_accreditation_another_channel_is_needed(case: Case) -> None:
    decision = assess(case).decision

    assert isinstance(decision, AllowIf)
    assert decision.conditions == ("B has accepted liaison, which is not on record, or another channel is found",)


def test_without_a_day_only_an_acceptance_without_an_end_is_known_to_stand() -> None:
    forever, ending = event(Agrement.ACCEPTED), event(Agrement.ACCEPTED, until=TODAY)

    assert isinstance(assess(attrs.evolve(carried(forever), as_of=None)).decision, Allow)
    assert isinstance(assess(attrs.evolve(carried(ending), as_of=None)).decision, AllowIf)


def test_a_principal_must_have_been_briefed() -> None:
    decision = assess(carried(principal=True)).decision

    assert isinstance(decision, AllowIf)
    assert "has been briefed, and the receipt is on record" in decision.conditions[0]


# --- the file ---------------------------------------------------------------------------------------------

FILE = """\
tearline: 1
title: x
us: A
parties: {{A: {{}}, B: {{}}}}
claims: {{c: {{versions: {{e: {{text: t}}}}}}}}
{more}
proposal: {{to: B, claims: [c]{proposal}}}
"""

PACT = "agreements: {p: {with: B, topics: t, forms: release}}"
SIGNED_TOO_LATE = (
    f"as_of: 2026-01-01\n{PACT.replace('release', 'release, signed: [{party: A, by: x, on: 2026-01-02}]')}"
)
GIVEN_UNDER_ANOTHER = f"{PACT}\ngiven: [{{to: B, on: 2026-01-01, claims: {{c: e}}, agreement: q}}]"


@pytest.mark.parametrize(
    ("more", "proposal", "path"),
    [
        (PACT, ", agreement: q", "proposal.agreement"),
        ("officers: {o: {}}", ", carried_by: p", "proposal.carried_by"),
        ("officers: {officer-7: {}, Officer_7: {}}", "", "officers.Officer_7"),
        ("agreements: {p: {with: A, topics: t, forms: release}}", "", "agreements.p.with"),
        (
            "agreements: {p: {with: B, topics: t, forms: release, since: 2026-02-01, until: 2026-01-01}}",
            "",
            "agreements.p.until",
        ),
        (
            SIGNED_TOO_LATE,
            "",
            "agreements.p.signed[0].on",
        ),
        (
            GIVEN_UNDER_ANOTHER,
            "",
            "given[0].agreement",
        ),
        ("officers: {o: {declared_to: A}}", "", "officers.o.declared_to"),
        ("agreements: {p: {with: B, forms: release}}", "", "agreements.p"),
    ],
)
def test_what_contradicts_itself_is_a_fault_with_its_place(more: str, proposal: str, path: str) -> None:
    with pytest.raises(CaseFileError) as wrong:
        read(FILE.format(more=more, proposal=proposal))

    assert path in [problem.path for problem in wrong.value.problems]


@pytest.mark.parametrize(
    ("more", "named", "fault"),
    [
        (PACT, "p", False),
        (PACT, "treaty", False),
        ("", "treaty", False),
        (PACT, "another", True),
        ("", "another", True),
    ],
)
def test_what_is_named_is_one_of_the_case_or_of_its_policy(more: str, named: str, fault: bool) -> None:
    text = FILE.format(more=f"policy: p.yaml\n{more}", proposal=f", agreement: {named}")
    policy = attrs.evolve(read_policy(POLICY), name="p.yaml")

    found = []
    try:
        read(text, policy=policy)
    except CaseFileError as wrong:
        found = [problem.path for problem in wrong.problems]

    assert found == (["proposal.agreement"] if fault else [])


def test_an_agreement_may_stand_elsewhere_than_in_the_case() -> None:
    case = read(FILE.format(more="", proposal=", agreement: treaty")).case

    assert case.proposal.agreement == "treaty"
