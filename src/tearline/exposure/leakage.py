"""How much a standing arrangement tells at most, before anything has been said.

A feed, or a kind of question that a partner may ask again and again, is agreed once and then runs. What it
could give away is judged beforehand, over all that it might say: that is what the measures of quantitative
information flow are for. The arrangement is a *channel*: for each secret (whoever or whatever may be behind
it) how likely each observation is.

These measures never gate a release. All but one are averages over what *might* be said, and one catastrophic
sentence vanishes in the average of a thousand harmless ones; the capacity is a worst case over priors, but
over observations it is an average as well. A single release is gated on what its reader then believes
(:mod:`tearline.exposure.envelope`, :mod:`tearline.exposure.posterior`), its bits are counted along the chain
(:mod:`tearline.exposure.history`).

How fast: a channel is read block by block. Of each block the largest entry of every column is found first;
only columns in which some product with a prior could still count are multiplied. Blocks of large priors come
first, so that few could. Memory stays at one block, and the answer is that of the plain sums, digit by digit.

Source: G. Smith, On the foundations of quantitative information flow, FoSSaCS 2009; M. Alvim and others,
Measuring information leakage using generalized gain functions, CSF 2012, and Additive and multiplicative
notions of leakage, and their capacities, CSF 2014; I. Issa and others, An operational measure of information
leakage, CISS 2016, for single observations.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import attrs
import numpy as np
import numpy.typing as npt

from tearline.errors import InputError
from tearline.exposure.envelope import Bools, Floats, Ints

ROWS = 64
"""Secrets in one block."""
COLUMNS = 2048
"""Observations in one block: a megabyte in all, which stays in the cache."""
FEW = 0.25
"""Up to this share of a block's columns are taken one by one; beyond, all of them are cheaper."""
TOLERANCE = 1e-9
"""How far what must sum to 1 may be from it."""


def _beliefs(prior: Floats, secrets: int) -> None:
    """Check that ``prior`` gives each secret a probability, and 1 to all of them."""
    if prior.shape != (secrets,) or not (prior >= 0).all() or not abs(prior.sum() - 1) <= TOLERANCE:
        raise InputError(f"a prior is {secrets} numbers, none below 0, that sum to 1")


def _table(rows: npt.ArrayLike) -> Floats:
    return np.asarray(rows, np.float64)


@attrs.frozen(eq=False)
class Channel:
    """What an arrangement says, for each secret.

    Checked once, so that measuring it costs one pass; whoever changes the array afterwards breaks it.

    Args:
        rows: Shape ``(secrets, observations)``; ``[s, y]`` is P(observation *y* | secret *s*), so each row
            sums to 1 within 1e-9. Fastest if rows lie together in memory; never copied if float64.
    Raises:
        InputError: Not such a table.
    """

    rows: Floats = attrs.field(converter=_table)

    def __attrs_post_init__(self) -> None:
        if self.rows.ndim != 2 or not self.rows.size:
            raise InputError("a channel is a table of secrets by observations, neither of them none")
        for start in range(0, len(self.rows), ROWS):
            some = self.rows[start : start + ROWS]
            if not (some >= 0).all() or not (abs(some.sum(axis=1) - 1) <= TOLERANCE).all():
                raise InputError("each row of a channel is numbers, none below 0, that sum to 1")

    @property
    def secrets(self) -> int:
        """How many secrets there are, the rows."""
        return len(self.rows)


def vulnerability(prior: Floats) -> float:
    """How likely the best single guess is right: the largest prior.

    Args:
        prior: Shape ``(secrets,)``, sums to 1.
    Raises:
        InputError: Not such a prior.
    """
    return tries_vulnerability(prior, 1)


def tries_vulnerability(prior: Floats, tries: int) -> float:
    """How likely one of so many different guesses is right: the sum of the largest."""
    _beliefs(prior, len(prior))
    if tries < 1:
        raise InputError("at least one guess")
    return float(np.sort(prior)[-tries:].sum())


def posterior_vulnerability(prior: Floats, channel: Channel) -> float:
    """How likely the best guess is right once the channel has spoken, on average over what it may say.

    ``sum over y of max over s of prior[s] * channel[s, y]``.

    Laws: never below :func:`vulnerability` of the prior; observations that are no longer told apart
    (post-processing) never raise it.
    """
    return posterior_tries_vulnerability(prior, channel, 1)


def posterior_tries_vulnerability(prior: Floats, channel: Channel, tries: int) -> float:
    """How likely one of so many guesses is right once the channel has spoken, on average.

    ``sum over y of the sum of the largest prior[s] * channel[s, y]``; the laws are those of one guess.
    """
    _beliefs(prior, channel.secrets)
    if tries < 1:
        raise InputError("at least one guess")
    best = np.zeros((min(tries, channel.secrets), channel.rows.shape[1]))
    least = best[0]  # the smallest of the best: row 0, in each column
    for columns, products in _above(prior, channel.rows, least):
        if len(best) == 1:
            least[columns] = np.maximum(least[columns], products.max(axis=0))
        else:
            both = np.concatenate([best[:, columns], products])
            both.partition(len(both) - len(best), axis=0)
            best[:, columns] = both[-len(best) :]
    return float(best.sum())


def leakage_bits(prior: Floats, channel: Channel) -> float:
    """By how many bits the channel makes the best guess likelier, on average over what it may say.

    Law: between 0 and :func:`capacity_bits`.
    """
    return math.log2(posterior_vulnerability(prior, channel) / vulnerability(prior))


def capacity_bits(channel: Channel) -> float:
    """The largest leakage over all priors, and over all gains that are never negative: ``log2 ML``.

    ``ML = sum over y of max over s of channel[s, y]``; the uniform prior reaches it. It is what can be said
    of a standing arrangement before anything is known of its reader.

    Laws: two channels beside each other have at most the sum of their capacities; post-processing never
    raises it. It does not bound :func:`posterior_investigation_gain`: an investigation can cost more than
    it brings, and where nothing was worth investigating before, any gain is infinitely many times more.
    """
    return math.log2(float(channel.rows.max(axis=0).sum()))


def pointwise_bits(prior: Floats, channel: Channel) -> Floats:
    """What each observation gives away of whom it points at most: ``log2 max of channel[s, y] / P(y)``.

    The largest factor by which it can raise the belief in anything. Each stands against ``prior``.

    Returns:
        Shape ``(observations,)``, none below 0; 0 where an observation cannot happen.

    They must not be added up: of 1,000 equal candidates two sets of 100 share one person. That the source
    is in the one set is 3.321928 bits, the other as well, and both together are 9.965784. They add up
    only along the chain, each against the posterior that the one before has left (3.321928 + 6.643856).
    """
    _beliefs(prior, channel.secrets)
    largest = np.zeros(channel.rows.shape[1])
    for start in range(0, channel.secrets, ROWS):
        possible = prior[start : start + ROWS] > 0
        if possible.any():
            np.maximum(largest, channel.rows[start : start + ROWS][possible].max(axis=0), out=largest)
    likely = prior @ channel.rows
    happens = likely > 0
    ratio = np.divide(largest, likely, out=np.ones_like(likely), where=happens)
    bits: Floats = np.maximum(np.log2(ratio), 0.0)
    return bits


def investigation_gain(prior: Floats, benefit: float, cost: float) -> float:
    """What a reader can hope for who investigates as it should, given what it believes.

    To investigate a set *W* brings ``benefit`` if the secret is in it and costs ``cost`` for each member. So
    it pays to take exactly those believed above ``cost / benefit``, who bring ``benefit * belief - cost`` each.

    Raises:
        InputError: Not such a prior, or benefit and cost not both above 0.
    """
    _beliefs(prior, len(prior))
    _worthwhile(benefit, cost)
    return float(np.maximum(benefit * prior - cost, 0.0).sum())


def posterior_investigation_gain(prior: Floats, channel: Channel, benefit: float, cost: float) -> float:
    """The same once the channel has spoken, on average over what it may say.

    ``sum over y and s of max(0, benefit * prior[s] * channel[s, y] - cost * P(y))``.

    Laws: never below :func:`investigation_gain` of the prior; post-processing never raises it.
    """
    _beliefs(prior, channel.secrets)
    _worthwhile(benefit, cost)
    breaks_even = cost / benefit * (prior @ channel.rows)
    gain = 0.0
    for columns, products in _above(prior, channel.rows, breaks_even):
        gain += float(np.maximum(products - breaks_even[columns], 0.0).sum())
    return benefit * gain


def _worthwhile(benefit: float, cost: float) -> None:
    if not (0 < benefit < math.inf and 0 < cost < math.inf):
        raise InputError("what an investigation brings and what it costs are both above 0")


def _above(prior: Floats, rows: Floats, floor: Floats) -> Iterator[tuple[Ints, Floats]]:
    """Every product of a prior and a channel's entry that is above the floor of its column, and some others.

    Args:
        floor: Shape ``(observations,)``; may rise between two answers: what is then below is left out.
    Yields:
        Columns, and the products of some secrets in them, shape ``(secrets, columns)``; to be used at once.
        No product comes twice.
    """
    starts = np.arange(0, len(prior), ROWS)
    largest = np.maximum.reduceat(prior, starts)
    room = np.empty((ROWS, min(COLUMNS, rows.shape[1])))
    for left in range(0, rows.shape[1], COLUMNS):
        across = slice(left, min(left + COLUMNS, rows.shape[1]))
        every = np.arange(across.start, across.stop)
        for which in np.argsort(-largest, kind="stable"):
            if largest[which] * (1 + 2 * TOLERANCE) <= floor[across].min():
                break  # no entry is above 1, nor any prior after this one larger
            down = slice(starts[which], starts[which] + ROWS)
            block = rows[down, across]
            could: Bools = block.max(axis=0) * largest[which] > floor[across]
            counting = np.count_nonzero(could)
            if not counting:
                continue
            if counting <= FEW * len(every):
                at = np.flatnonzero(could)
                yield every[at], block[:, at] * prior[down, None]
            else:
                yield every, np.multiply(block, prior[down, None], out=room[: len(block), : len(every)])
