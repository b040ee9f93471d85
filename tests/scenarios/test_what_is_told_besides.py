"""What words tell besides what they say counts as if it had been said: for rules, readers, limits and time.

Each situation is written twice, once with the thing said outright; what may go must not depend on that.
"""

from __future__ import annotations

import datetime as dt

from tearline.assess import assess
from tearline.assess.answer import Assessment, Lever
from tearline.cases import read
from tearline.domain import Allow, AllowIf, Ask, Refuse, Rule

HEAD = """
tearline: 1
title: what is told besides
us: A
as_of: 2026-11-20
parties:
  A: {name: State A}
  B: {name: State B, trust: {handling: sound}}
  C: {name: State C, trust: {handling: sound}}
  X: {name: State X, hostile: true}
leak_paths:
  - {from: B, to: X, how: penetration, probability: [0.1, 0.3]}
"""
CROWD = "groups: {few: {count: 3}, many: {count: 5000}, luck: {other: true, weight: 0.2}}"
FEW, ALL = "known: {few: 1}", "known: {few: 1, many: 1, luck: 1}"


def decided(*parts: str) -> Assessment:
    return assess(read(HEAD + "\n".join(parts)).case, replayed=False)


def rules_of(found: Assessment) -> set[Rule]:
    assert isinstance(found.decision, Refuse)
    return {reason.rule for reason in found.decision.reasons}


# --- what is implied ------------------------------------------------------------------------------------


def raid_and_depot(sources: str, claims: str, proposed: str, crowd: str = CROWD, more: str = "") -> Assessment:
    return decided(f"sources: {sources}", f"readers: {{X: {{{crowd}{more}}}}}", f"claims:\n{claims}", proposed)


THEIRS = (
    "{ours: {kind: imagery, owner: A}, theirs: {kind: human, owner: C, agreed_use: [no onward], "
    "quiet: {after: roll call, days: 5, on: [2026-11-19]}}}"
)
GUARDED = """
  depot:
    sources: [theirs]
    persons: [{id: guard, risk: {torture: real}}]
    versions: {bridge: {text: The depot is under the bridge., value: 5, known: {many: present, luck: near}}}
  raid:
    sources: [ours]
    persons: []
    versions:
      tonight:
        text: The bridge is closed tonight because a depot is under it.
        value: 5
        known: {many: present, luck: near}
        implies: {depot: bridge}
"""


def test_every_rule_for_what_is_implied_holds_for_what_implies_it() -> None:
    outright = raid_and_depot(THEIRS, GUARDED, "proposal: {to: B, claims: [depot], allows: [onward]}")
    implied = raid_and_depot(THEIRS, GUARDED, "proposal: {to: B, claims: [raid], allows: [onward]}")

    assert rules_of(implied) == rules_of(outright)
    assert {Rule.PERSON_HARM, Rule.AGREED_USE, Rule.QUIET} <= rules_of(implied)


def test_whoever_owns_what_is_implied_is_asked_for_just_that() -> None:
    claims = GUARDED.replace("[{id: guard, risk: {torture: real}}]", "[]")
    theirs = "{ours: {kind: imagery, owner: A}, theirs: {kind: human, owner: C}}"
    consent = "consents: [{party: C, on: 2026-11-19, covers: {depot: bridge}, to: [B], answer: yes}]"
    proposal = "proposal: {to: B, claims: [raid]}"

    found = raid_and_depot(theirs, claims, proposal)
    agreed = raid_and_depot(theirs, claims, f"{consent}\n{proposal}")

    assert isinstance(found.decision, Ask)
    (asked,) = found.asked
    assert (asked.party, asked.covers) == ("C", (("depot", "bridge"),))
    assert isinstance(agreed.decision, Allow)


def test_the_limits_of_the_source_of_what_is_implied_are_kept() -> None:
    sources = "{ours: {kind: imagery, owner: A}, clerk: {kind: human, owner: A}}"
    claims = """
  depot:
    sources: [clerk]
    persons: []
    versions: {bridge: {text: The depot is under the bridge., value: 5, known: {few: 1, many: 0.07, luck: 0.5}}}
  raid:
    sources: [ours]
    persons: []
    versions:
      tonight:
        text: Closed because of the depot.
        value: 5
        known: {few: 1, many: 1, luck: 1}
        implies: {depot: bridge}
"""
    for crowd in (CROWD.replace("count: 3}", f"count: {count}}}") for count in (3, 12, 20, 40, 400)):
        outright = raid_and_depot(sources, claims, "proposal: {to: B, claims: [depot]}", crowd)
        implied = raid_and_depot(sources, claims, "proposal: {to: B, claims: [raid]}", crowd)

        assert type(outright.decision) is type(implied.decision)


def test_a_reader_in_doubt_about_sources_looks_at_what_is_implied_too() -> None:
    sources = "{tap: {kind: human, owner: A}, clerk: {kind: human, owner: A}, mate: {kind: human, owner: A}}"
    crowd = "groups: {ministry: {count: 12}, port: {count: 10}, many: {count: 3000}, luck: {other: true, weight: 0.2}}"
    claims = """
  depot:
    sources: [clerk]
    event: road
    persons: []
    versions: {bridge: {text: Under the bridge., value: 5, known: {ministry: 1, port: 0.0001, many: 1, luck: 1}}}
  crossing:
    sources: [mate]
    persons: []
    versions: {dawn: {text: At dawn., value: 5, known: {ministry: 0.00001, port: 0.9, many: 0.00001, luck: 0.02}}}
  raid:
    sources: [tap]
    event: road
    persons: []
    versions:
      tonight:
        text: The bridge is closed from tonight to dawn.
        value: 5
        known: {ministry: 1, port: 1, many: 1, luck: 1}
        implies: {depot: bridge, crossing: dawn}
"""

    found = raid_and_depot(sources, claims, "proposal: {to: B, claims: [raid]}", crowd)

    assert isinstance(found.decision, Refuse)


def test_a_holder_of_the_raw_text_recognises_what_is_implied() -> None:
    claims = f"""
  depot:
    sources: [clerk]
    persons: []
    versions:
      bridge: {{text: Under the bridge., value: 5, {FEW}}}
      valley: {{text: In the valley., value: 3, {ALL}}}
  raid:
    sources: [clerk]
    persons: []
    versions: {{tonight: {{text: Closed tonight., value: 5, {ALL}, implies: {{depot: valley}}}}}}
"""
    clerk, raw = "{clerk: {kind: human, owner: A}}", ", holds_raw: {depot: [0.5, 0.9]}"

    found = raid_and_depot(clerk, claims, "proposal: {to: B, claims: [raid]}", more=raw)
    without = raid_and_depot(clerk, claims, "proposal: {to: B, claims: [raid]}")

    assert isinstance(found.decision, Refuse)
    assert isinstance(without.decision, Allow)


def test_the_raw_text_counts_with_all_that_it_implies_and_the_day_by_which_it_was_known() -> None:
    route = f"""
  route:
    sources: [clerk]
    persons: []
    versions: {{east: {{text: By the eastern road., value: 3, {FEW}}}}}
"""
    implies = f"""
  depot:
    sources: [clerk]
    persons: []
    versions:
      bridge: {{text: Served by the eastern road., value: 5, {ALL}, implies: {{route: east}}}}
      valley: {{text: In the valley., value: 3, {ALL}}}
"""
    dated = """
  depot:
    sources: [clerk]
    persons: []
    versions:
      bridge:
        text: On 10 November it was under the bridge.
        value: 5
        known: {few: 1}
        known_by: 2026-11-10
        later: [{on: 2026-11-15, known: {many: 1, luck: 1}}]
      valley: {text: In the valley., value: 3, known: {few: 1}}
"""
    clerk, raw = "{clerk: {kind: human, owner: A}}", ", holds_raw: {depot: [0.5, 0.9]}"
    proposal = "proposal: {to: B, claims: {depot: valley}}"

    for claims in (route + implies, dated):
        assert isinstance(raid_and_depot(clerk, claims, proposal, more=raw).decision, Refuse)
        assert isinstance(raid_and_depot(clerk, claims, proposal).decision, Allow)


def test_undated_cover_comes_too_late_for_what_was_implied_before() -> None:
    claims = f"""
  depot:
    sources: [clerk]
    persons: []
    versions: {{bridge: {{text: Under the bridge., value: 5, {FEW}}}}}
  raid:
    sources: [clerk]
    persons: []
    versions: {{tonight: {{text: Closed., value: 3, {ALL}, implies: {{depot: bridge}}}}}}
  time:
    sources: [clerk]
    persons: []
    versions: {{noon: {{text: At noon., value: 3, known: {{few: 1, many: 0.5, luck: 0.5}}}}}}
cover:
  - {{claims: [depot], version: bridge, makes: {{luck: present}}, what: a photograph, evidence: press, seen_by: X}}
"""
    clerk = "{clerk: {kind: human, owner: A}}"
    proposal = "proposal: {to: B, claims: [time]}"

    implied = raid_and_depot(clerk, claims + "given: [{to: B, on: 2026-11-01, claims: {raid: tonight}}]", proposal)
    outright = raid_and_depot(
        clerk, claims + "given: [{to: B, on: 2026-11-01, claims: {raid: tonight, depot: bridge}}]", proposal
    )

    assert type(implied.decision) is type(outright.decision) is Refuse


# --- who knows already ----------------------------------------------------------------------------------


def test_whoever_owns_only_the_last_link_does_not_know_already() -> None:
    wary = HEAD.replace("B: {name: State B, trust: {handling: sound}}", "B: {name: State B, trust: {handling: wary}}")
    rest = f"""
sources: {{clerk: {{kind: human, owner: A}}, tap: {{kind: signals, owner: B, depends_on: [clerk]}}}}
readers: {{B: {{{CROWD}}}}}
claims:
  depot: {{sources: [tap], persons: [], versions: {{bridge: {{text: Under the bridge., value: 3, {FEW}}}}}}}
proposal: {{to: B, claims: [depot]}}
"""

    found = assess(read(wary + rest).case)

    (reader,) = [r for r in found.readers if r.listener.party.id == "B"]
    assert not reader.listener.knows
    assert isinstance(found.decision, Refuse)


def test_nobody_is_said_to_know_how_we_know_what_was_never_told() -> None:
    found = raid_and_depot(THEIRS, GUARDED, "proposal: {to: B, claims: [depot], allows: [onward]}")

    assert not any(reader.listener.knows for reader in found.readers if reader.listener.party.hostile)


# --- siblings -------------------------------------------------------------------------------------------

TOWNS = """
sources: {clerk: {kind: human, owner: A}}
readers:
  X:
    groups:
      raqqa-council: {count: 40}
      albab-cell: {count: 3}
      staff: {count: 5}
      many: {count: 5000}
      luck: {other: true, weight: 0.2}
claims:
  town:
    sources: [clerk]
    persons: []
    versions:
      town: {text: It is there., value: 5, known: {TRUE}}
      north: {text: The north., value: 3, known: {staff: present}}
    siblings: {other: {versions: {town: {text: It is there., known: {OTHER}}}}}
proposal: {to: B, claims: [town]}
"""


def test_shared_words_may_go_whichever_is_true_or_not_at_all() -> None:
    council, cell = "raqqa-council: present", "albab-cell: present"

    one = decided(TOWNS.replace("TRUE", council).replace("OTHER", cell))
    other = decided(TOWNS.replace("TRUE", cell).replace("OTHER", council))

    assert one.tearline.versions == other.tearline.versions == {}


def test_cover_for_what_is_true_does_not_help_had_the_truth_been_other() -> None:
    council, cell = "raqqa-council: present, many: near", "albab-cell: present"
    cover = """cover:
  - claims: [town]
    version: town
    makes: {luck: present}
    what: a newspaper
    evidence: press
    seen_by: [X, B]
    on: 2026-11-01
"""
    case = TOWNS.replace("TRUE", council).replace("OTHER", cell)

    covered, plain = decided(case, cover), decided(case)

    assert covered.tearline.versions == plain.tearline.versions


def test_waiting_looks_at_what_would_spread_had_the_truth_been_other() -> None:
    spread = "{town: {text: It is there., known: {OTHER}, later: [{on: 2026-11-25, known: {many: 1, luck: 1}}]}}"
    case = TOWNS.replace("TRUE", "many: present, luck: present").replace(
        "{town: {text: It is there., known: {OTHER}}}", spread
    )

    found = decided(case.replace("OTHER", "albab-cell: present"))

    assert [timing.safe_from for timing in found.timings] == [dt.date(2026, 11, 25)] * 2


# --- a duty to warn, and other ways ----------------------------------------------------------------------


def test_a_duty_to_warn_with_two_sources_and_few_knowers_comes_to_an_end() -> None:
    found = decided(
        f"""
sources: {{clerk: {{kind: human, owner: A}}, mate: {{kind: human, owner: A}}}}
readers: {{X: {{{CROWD}}}}}
claims:
  target: {{sources: [clerk], persons: [], versions: {{station: {{text: The station., value: 5, {FEW}}}}}}}
  hour: {{sources: [mate], persons: [], versions: {{noon: {{text: Friday noon., value: 5, {FEW}}}}}}}
proposal: {{to: B, claims: [target, hour], purpose: warning, harm_of_silence: people die}}
"""
    )

    assert isinstance(found.decision, AllowIf)
    assert found.tearline.versions


def test_another_recipient_is_not_judged_by_what_the_first_one_promised() -> None:
    head = HEAD.replace("C: {name: State C,", "C: {name: State C, presence: [coast],")
    rest = f"""
sources: {{clerk: {{kind: human, owner: A}}}}
readers: {{X: {{{CROWD}}}}}
claims:
  depot:
    sources: [clerk]
    persons: PERSONS
    versions: {{bridge: {{text: Under the bridge., value: 3, {FEW}}}}}
proposal: {{to: B, claims: [depot]}}
"""
    never = "  - {from: C, to: X, how: onward, probability: 0}\n"
    promised = (
        "[{id: guard, risk: {detention: none, torture: real, rendition: none, killing: none}, assurances: "
        "[{by: State B, covers: [torture], credibility: high, follow_up: visits, until: 2027-01-01}]}]"
    )

    nobody = assess(read(head + never + rest.replace("PERSONS", "[]")).case)
    somebody = assess(read(head + never + rest.replace("PERSONS", promised)).case)

    assert [way.lever for way in nobody.better if way.lever is Lever.ROUTE]
    assert not [way.lever for way in somebody.better if way.lever is Lever.ROUTE]


def test_a_later_version_is_safe_only_with_all_that_it_needs() -> None:
    found = decided(
        f"""
sources: {{clerk: {{kind: human, owner: A}}}}
readers: {{X: {{{CROWD}}}}}
claims:
  province:
    sources: [clerk]
    persons: [{{id: guard, risk: {{torture: real}}}}]
    versions: {{north: {{text: The north., value: 3, {ALL}}}}}
  town:
    sources: [clerk]
    persons: []
    versions:
      raqqa:
        text: Raqqa.
        value: 5
        known: {{few: 1}}
        later: [{{on: 2026-11-25, known: {{many: 1, luck: 1}}, because: the march}}]
        needs: {{province: north}}
proposal: {{to: B, claims: [province, town]}}
"""
    )

    assert [timing.safe_from for timing in found.timings if timing.claim == "town"] == [None]
