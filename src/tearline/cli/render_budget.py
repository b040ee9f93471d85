"""The stock as a page: what is left of every limit, what was spent on what, what the proposal is worth."""

from __future__ import annotations

from rich.console import Console

from tearline.assess.phrases import concerning, listed
from tearline.assess.stock import Account, Budget, Cost
from tearline.cli.render import bar, day, heading, item, paragraph, together
from tearline.domain import Case
from tearline.domain.estimative import percent_down, percent_up

_INDENT = 15


def budget(out: Console, case: Case, found: Budget) -> None:
    """Print the accounts of every reader that counts, and what the proposal would take from them."""
    paragraph(out, case.title, indent=0, style="bold")
    paragraph(out, "Bits do not come back by waiting. A bar shows how much of a limit is gone.", 0, "dim")
    if not found.stocks:
        paragraph(out, "Nobody who counts comes to read any of it.", indent=0)
    for alike in together(found.stocks, lambda stock: (stock.accounts, stock.costs)):
        readers = listed(case.party(stock.reader).label for stock in alike)
        heading(out, f"What is left with {readers}")
        for account in sorted(alike[0].accounts, key=lambda each: each.left):
            _account(out, case, account)
        heading(out, f"What was spent on what with {readers}, in bits at the best estimate")
        if not alike[0].costs:
            paragraph(out, "Nothing has been given before.")
        for cost in alike[0].costs:
            _cost(out, case, cost)
    _proposal(out, case, found)


def _account(out: Console, case: Case, account: Account) -> None:
    style = "red" if account.left < 0 else ""
    left = f"{account.left:.1f} bits left" if account.left >= 0 else f"OVER by {-account.left:.1f} bits"
    paragraph(out, f"{_what(case, account.about)}: {left}", _INDENT, style, f"    {bar(account.used)}")
    whose = f"; protects {listed(f'`{source}`' for source in account.sources)}" if account.sources else ""
    figures = f"at most {percent_up(account.now)}, before anything {percent_up(account.empty)}"
    paragraph(out, f"{figures}; limit {percent_down(account.limit)}{whose}", _INDENT, "dim")


def _what(case: Case, about: str) -> str:
    return "that it was one certain person" if about == "top_suspect" else concerning(case, about)


def _cost(out: Console, case: Case, cost: Cost) -> None:
    to = listed(case.party(party).label for party in cost.to)
    paragraph(out, f"{day(cost.on)}, to {to}: {', '.join(cost.claims)}", style="bold")
    for about, then in sorted(cost.then.items(), key=lambda each: -each[1]):
        fair = cost.in_hindsight.get(about, 0.0)
        paragraph(out, f"{_what(case, about)} (in hindsight {fair:+.1f})", _INDENT, first=f"    {then:+5.1f} then")


def _proposal(out: Console, case: Case, found: Budget) -> None:
    text = found.found.tearline
    heading(out, "What the proposal would take")
    if not text.words:
        paragraph(out, "Nothing: no text is recommended.")
    elif found.dearest is None:
        paragraph(out, f"Nothing: it adds to no belief that has a limit. It is worth {text.value:g}.")
    else:
        spent = found.dearest
        paragraph(
            out,
            f"It is worth {text.value:g} and takes {spent.bits:.1f} bits of the limit on the belief of "
            f"{case.party(spent.reader).label} {_what(case, spent.about)}, its dearest.",
        )
        if not found.routine:
            paragraph(out, "A warning is served whatever it costs, and charged like everything else.")
        elif found.worth_it:
            paragraph(out, f"So many bits should buy at least {spent.price:.1f}: worth it.")
        else:
            paragraph(
                out, f"So many bits should buy at least {spent.price:.1f}: better kept for what matters.", style="bold"
            )
    item(out, f"Were every limit twice as large, {found.one_more_bit:g} more could be said.")
    if len(found.over_time) > 1:
        values = ", ".join(f"{value:g}" for value in found.over_time)
        item(out, f"Best text of this proposal before each earlier release, and now: {values}.")
