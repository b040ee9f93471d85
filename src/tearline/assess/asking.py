"""What a question to a partner tells besides its words: that the report rests on something of the partner's.

Who is asked only when it must be learns that from being asked, and so does whoever reads its mail. The
words alone may have left that open. With ``p`` the belief that the partner is involved, from the words, and
``q`` how likely it would be asked all the same, the question makes it ``p / (p + (1 - p) q)`` (Bayes' rule).
``q = 0`` makes it certain; ``q = 1``, a fixed round about every report of the kind, leaves it as it was. In
between lie rounds in which the question goes with other true ones.

Upper edges throughout: the highest ``p``, the lowest ``q``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tearline.assess.answer import Asking, Pointed, ReaderAccount
from tearline.domain import Case, Consulted, Party, PartyId, SecretKind
from tearline.domain.defaults import LEAK_GATE
from tearline.domain.estimative import percent_down, percent_up
from tearline.exposure.account import Line
from tearline.exposure.leak_graph import leak_graph
from tearline.exposure.leaks import reach
from tearline.exposure.worlds import Gate


def pointed(belief: float, asked_anyway: float) -> float:
    """The belief that somebody is involved, once it is known that it was asked.

    Args:
        belief: Before, in [0, 1].
        asked_anyway: P(asked | not involved), in [0, 1].
    Returns:
        At least ``belief``; 0 stays 0, whatever is asked.

    >>> pointed(0.2, 1.0), pointed(0.2, 0.25), pointed(0.2, 0.0)
    (0.2, 0.5, 1.0)
    """
    asked = belief + (1 - belief) * asked_anyway
    return belief / asked if asked else 0.0


def enough(belief: float, limit: float) -> float | None:
    """How likely it must be asked anyway for the question to keep the belief at the limit; ``None``: never.

    >>> round(enough(0.2, 0.5), 3), enough(0.5, 0.4)
    (0.25, None)
    """
    if belief > limit:
        return None
    return belief * (1 - limit) / (limit * (1 - belief)) if belief < 1 else 1.0


def asking(case: Case, party: Party, accounts: Sequence[ReaderAccount], again: bool) -> Asking:
    """What it tells to ask ``party``, and when.

    Args:
        accounts: What each reader could work out from the words alone.
        again: Whether the question is out already: then it tells nothing more.
    """
    how = party.consulted or Consulted()
    on = _ask_on(case, how)
    answer_by = _later(on, how.answers_in) if on and how.answers_in is not None else None
    last = case.proposal.harm_by
    return Asking(
        anyway=how.asked_anyway.lo,
        on=on,
        answer_by=answer_by,
        too_late=bool(answer_by and last and answer_by > last),
        readers=() if again else _readers(case, party, accounts, how.asked_anyway.lo),
    )


def to_be_covered(case: Case, party: Party, found: Asking) -> tuple[str, ...]:
    """What must hold of the way of asking, where the question alone would break a limit."""
    conditions = []
    for reader in found.readers:
        if reader.binds and reader.asked > reader.limit:
            who, whose = case.party(reader.reader).label, party.label
            tells = f"it would tell {who} that {whose} is involved, up to {percent_up(reader.asked)}"
            need = "no round is wide enough" if reader.enough is None else _round(whose, reader.enough)
            conditions.append(f"{whose} is not asked for this report alone: {tells} (limit {_down(reader)}); {need}")
    return tuple(conditions)


def _round(whose: str, share: float) -> str:
    often = f"at least {percent_up(share)} of reports like it though nothing of {whose} stood behind them"
    return f"in a fixed round, or with other true questions, it must be asked about {often}"


def _down(reader: Pointed) -> str:
    return percent_down(reader.limit)


def _later(on: dt.date, days: int) -> dt.date:
    """So many days on, and no later than the calendar goes."""
    return on + dt.timedelta(days=min(days, (dt.date.max - on).days))


def _ask_on(case: Case, how: Consulted) -> dt.date | None:
    """The next round, or today; a round that is over is none."""
    today = case.as_of
    if how.next_round is not None and (today is None or how.next_round >= today):
        return how.next_round
    return today


def _readers(case: Case, party: Party, accounts: Sequence[ReaderAccount], anyway: float) -> tuple[Pointed, ...]:
    """Who reads the party's mail and learns from the question what the words left open; not the party itself."""
    if not accounts:
        return ()
    graph = leak_graph(case.told_to(party.id), (frozenset({party.id}),))
    found = []
    for account in accounts:
        reader = account.listener.party.id
        if reader == party.id:
            continue
        gets, line = reach(graph, frozenset({party.id}), reader), _involved(case, account, party.id)
        if line is not None and not account.listener.knows and gets.hi >= LEAK_GATE:
            found.append(
                Pointed(
                    reader=reader,
                    gets=gets,
                    words=line.after.hi,
                    asked=pointed(line.after.hi, anyway),
                    limit=line.allowed,
                    enough=enough(line.after.hi, line.allowed),
                    binds=account.listener.protected_against,
                )
            )
    return tuple(found)


def _involved(case: Case, account: ReaderAccount, party: PartyId) -> Line | None:
    """The line of a reader that is about the party's being involved, the one nearest to its limit."""
    about = {f"secret:{s.id}" for s in case.secrets if s.kind is SecretKind.PARTNER and s.party == party}
    lines = [line for line in account.lines if line.gate is Gate.BELIEF and line.about in about]
    return max(lines, key=lambda line: line.after.hi - line.allowed, default=None)
