"""How fast rules decide: one situation, beside Cedar, and columns of records against many partners.

    python bench/policy.py [--quick] [--without-peers]

Cedar decides the permits and forbids of the same policy, once with the policy as text, once parsed
beforehand, once in batches; the outcome is compared for every situation, and must be the same.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "tests"), str(HERE)]

import peers  # noqa: E402

from oracle.cedar_policies import cedar_request, cedar_text  # noqa: E402
from tearline.cases.policies import read_policy  # noqa: E402
from tearline.domain.rules import Policy  # noqa: E402
from tearline.domain.vocabulary import Sort, Value  # noqa: E402
from tearline.policy.columns import Column, Decider, Outcome  # noqa: E402

AIM = 25
"""Single decisions should be so many times as fast as Cedar's."""

SITUATIONS, SEED, REPEATS = 500, 20261123, 5
PARTNERS = [f"P{number}" for number in range(50)]
TODAY = dt.date(2026, 11, 20).toordinal()

Held = dict[str, Value | None]


def policy_text(rules: int) -> str:
    """A policy of so many rules, half of them about partners, the rest about what would go to them."""
    lines = ["tearline_policy: 1", "title: generated", "markings: [OPEN, RESTRICTED, SECRET, TOP]", "rules:"]
    for number in range(rules):
        some = ", ".join(PARTNERS[number * 3 % 50 : number * 3 % 50 + 5])
        when = [
            f"{{recipient: [{some}], purpose: [routine, trade], marking: {{at_most: SECRET}}}}",
            "{recipient.handling: {at_least: fair}, source.kinds: {only: [signals, imagery, open]}}",
            f"{{as_collected: true, source.kinds: {{includes: human}}, recipient: {{not: [{some}]}}}}",
            f"{{any: [{{marking: TOP}}, {{permissions: {{includes: lethal}}}}], days_left: {{above: {number}}}}}",
            f"{{earlier: {{of: same-source, within_days: 90, at_least: {3 + number}}}, form: release}}",
        ][number % 5]
        effect = "permit" if number % 5 < 2 else "forbid"
        head = f"  r{number}: {{effect: {effect}, text: rule {number}, owner: bench, review: 2027-11-20, when: {when}}}"
        lines.append(head)
    return "\n".join(lines) + "\n"


def situation(policy: Policy, draw: random.Random) -> Held:
    """A situation in which everything is stated."""
    found: Held = {}
    for attribute in policy.attributes:
        if attribute.sort.is_ordered:
            lowest, highest = attribute.reach
            found[attribute.key] = min(max(draw.randrange(0, 6), lowest), highest)
        elif attribute.sort is Sort.FLAG:
            found[attribute.key] = draw.random() < 0.2
        elif attribute.sort.is_set:
            found[attribute.key] = frozenset(draw.sample(attribute.words, draw.randrange(1, 3)))
        else:
            found[attribute.key] = draw.choice(attribute.words or PARTNERS)
    return found


def seconds(run: Callable[[], object]) -> float:
    """The least of some runs, in seconds of wall time."""
    found = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def cedar(policy: Policy, situations: list[Held]) -> dict[str, Any] | None:
    """What Cedar says of the situations, and microseconds for each; ``None`` if it cannot be had."""
    python = peers.interpreter("cedarpy")
    if python is None:
        return None
    given = {"policy": cedar_text(policy), "requests": [cedar_request(of) for of in situations]}
    ran = subprocess.run(
        [str(python), str(HERE / "cedar_peer.py")], input=json.dumps(given), capture_output=True, text=True, check=False
    )
    if ran.returncode:
        print(f"SKIPPED: cedarpy failed: {(ran.stderr.strip().splitlines() or ['no message'])[-1]}", flush=True)
        return None
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def single(rules: int, with_peers: bool) -> None:
    """One situation after the other."""
    policy = read_policy(policy_text(rules))
    draw = random.Random(SEED)
    situations = [situation(policy, draw) for _ in range(SITUATIONS)]
    start = time.perf_counter()
    decider = Decider(policy)
    ready = time.perf_counter() - start

    def ours() -> list[Outcome]:
        return [decider.decide(of) for of in situations]

    says, each = [outcome is not Outcome.REFUSED for outcome in ours()], seconds(ours) / SITUATIONS * 1e6
    row: dict[str, Any] = {"bench": "policy", "what": "single", "rules": rules, "us": each, "ready_ms": ready * 1e3}
    line = (
        f"{rules:4} rules  {each:6.2f} µs a decision (ready after {ready * 1e3:.0f} ms; {sum(says)} of {len(says)} go)"
    )
    if with_peers and (peer := cedar(policy, situations)):
        assert peer["allowed"] == says, "Cedar decides otherwise"
        row |= {name: peer[name] for name in ("text_us", "parsed_us", "batch_us")}
        ratio = peer["parsed_us"] / each
        row["ratio"] = ratio
        line += (
            f"; cedarpy {peer['text_us']:.0f} µs from text, {peer['parsed_us']:.1f} parsed, {peer['batch_us']:.1f} in"
            f" batches: {peer['text_us'] / each:.0f}, {ratio:.0f} and {peer['batch_us'] / each:.0f} times as long"
        )
        line += f"; aim {AIM} times (parsed): {'met' if ratio >= AIM else 'MISSED'}"
    print(line, flush=True)
    print(json.dumps(row), flush=True)


def columns(records: int, rules: int) -> None:
    """Many records against many partners."""
    policy = read_policy(policy_text(rules))
    decider, draw = Decider(policy), random.Random(SEED)
    attributes = {attribute.key: attribute for attribute in policy.attributes}
    of_partners = {
        "recipient": Column.of(PARTNERS),
        "recipient.handling": Column.of(draw.randrange(4) for _ in PARTNERS),
    }
    of_pairs = {
        key: Column.of_numbers(np.random.default_rng(SEED).integers(0, 6, (records, len(PARTNERS))))
        for key in attributes
        if attributes[key].window is not None
    }
    drawn = [situation(policy, draw) for _ in range(2_000)]
    codes = np.random.default_rng(SEED).integers(0, len(drawn), records)
    of_records = {
        key: Column(codes, tuple(of[key] for of in drawn))
        for key in attributes
        if key not in {**of_partners, **of_pairs}
    }
    count = (records, len(PARTNERS))
    for pairs, what in (({}, "no history"), (of_pairs, "with history")):
        run = seconds(lambda pairs=pairs: decider.decide_columns(of_records, of_partners, pairs, count=count))
        print(
            f"{rules:4} rules  {records:,} records × {len(PARTNERS)} partners, {what}: {run * 1e3:.0f} ms, "
            f"{records / run:,.0f} records/s, {records * len(PARTNERS) / run / 1e6:,.0f} million decisions/s",
            flush=True,
        )
        row = {"bench": "policy", "what": f"columns, {what}", "rules": rules, "records": records, "s": run}
        print(json.dumps(row), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer records")
    parser.add_argument("--without-peers", action="store_true", help="install nothing")
    given = parser.parse_args()
    for rules in (10, 30, 100):
        single(rules, not given.without_peers)
    for rules in (10, 30):
        columns(20_000 if given.quick else 100_000, rules)


if __name__ == "__main__":
    main()
