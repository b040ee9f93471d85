"""All worlds of a network at once, as a diagram: what a reader holds, without listing worlds one by one.

Switches are decided one after the other, in an order that keeps few places half decided (the
*frontier*). Two beginnings of worlds that differ only in what can no longer matter become one state,
so graphs of any size whose frontier stays small are answered exactly. A state says what is held; which
frontier places lead to the reader; for each of the others which frontier places lead to it, and what
would be held were it found to lead to the reader; and which causes that still matter are on.

Where there would be too many states the likeliest are followed and the others are *lost*: nothing is
known of what is held in them, so every answer about them is a bound.

Source:
    Frontier methods for network reliability as in Hardy, Lucet and Limnios, IEEE Trans. Reliability 56
    (2007), here for arcs that lead one way, several contents and causes in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from tearline.domain import Interval
from tearline.exposure.envelope import Floats, Ints
from tearline.exposure.leak_network import READER, End, Joint, Network, Place

WORK: Final = 60_000
"""How many states are followed in all before the rest are lost."""

NARROWEST: Final = 256
"""So many are followed even then, the likeliest at each step."""

HOPELESS: Final = 0.5
"""Once more than this is lost at the best points, only so many are."""

CELLS: Final = 2**18
"""How many numbers are held at once where every vertex of the box is tried."""

LOST: Final = -1
"""Stands for what is held where that is not known."""

LEADS: Final = -1  # a frontier place that leads to the reader
VOID: Final = -2  # a slot without a place, or with one that can no longer matter

State = int | tuple[int, ...]
"""What is held, once nothing can change it. Before: that, the causes that are on, and one slot for each
frontier place: :data:`LEADS`, :data:`VOID`, or in the lower bits the slots of the places that lead to it,
above them what would be held."""


@attrs.frozen(eq=False)
class Layer:
    """One switch is decided: where each state goes if it is off, and if it is on."""

    switch: int
    chance: Interval
    off: Ints
    on: Ints


@attrs.frozen(eq=False, kw_only=True)
class Diagram:
    """Layers of states from the one at the beginning to what is held in the end.

    Attributes:
        held: What is held in each last state, each once; :data:`LOST` where that is not known.
        shares: How likely each of them is at the three ends, shape ``(len(held), 3)``.
    """

    layers: tuple[Layer, ...]
    held: tuple[int, ...]
    shares: Floats

    @property
    def exact(self) -> bool:
        """Whether nothing was lost."""
        return LOST not in self.held

    def largest(self, value: Floats) -> float:
        """The largest mean of ``value`` (shape ``held``) over the box of intervals, or a bound above it.

        The mean is linear in each chance, so its largest value stands at a vertex of the box. All vertices
        are tried from the last switch back, as long as their means fit into :data:`CELLS`: then it is
        exact. From there on each state keeps its own largest mean only, as if the remaining chances could
        be set after seeing what happened before: never less, and the same wherever the better end of a
        chance is the same in all states, as it is for a value that can only grow with what is held.
        """
        means = value[:, np.newaxis]  # shape (states, vertices of the chances done)
        for layer in reversed(self.layers):
            ends = list(dict.fromkeys((layer.chance.lo, layer.chance.hi)))
            if len(layer.off) * means.shape[1] * len(ends) > CELLS:
                means = means.max(axis=1, keepdims=True)
            off, on = means[layer.off], means[layer.on]
            means = np.concatenate([off + end * (on - off) for end in ends], axis=1)
        return float(means.max())

    def differences(self, value: Floats) -> dict[int, float]:
        """For each switch: mean of ``value`` if it is on minus mean if it is off, best points elsewhere."""
        means = [value]
        for layer in reversed(self.layers):
            means.append(means[-1][layer.off] + layer.chance.mid * (means[-1][layer.on] - means[-1][layer.off]))
        found: dict[int, float] = {}
        mass: Floats = np.ones(1)
        for layer, after in zip(self.layers, reversed(means[:-1]), strict=True):
            found[layer.switch] = float(mass @ (after[layer.on] - after[layer.off]))
            mass = _moved(mass, layer.off, layer.on, layer.chance.mid, len(after))
        return found


def _moved(mass: Floats, off: Ints, on: Ints, chance: float, states: int) -> Floats:
    shut, opened = np.bincount(off, mass * (1 - chance), states), np.bincount(on, mass * chance, states)
    return (shut + opened).astype(np.float64)


def diagram(network: Network, work: int | None = None, most_lost: float = 1.0) -> Diagram:
    """The diagram of a network.

    Args:
        work: How many states may be followed in all; ``None``: :data:`WORK`.
        most_lost: Give up, and lose all, once more than this is lost at the best points.
    """
    steps, slots = _steps(network)
    left = WORK if work is None else work
    begin: State = (network.surely, 0, LEADS, *[VOID] * (slots - 1))
    if not steps or network.everything == network.surely:
        begin = network.surely
    states: dict[State, int] = {begin: 0}
    mass: Floats = np.ones((1, 3))
    layers: list[Layer] = []
    for number, step in enumerate(steps):
        if all(isinstance(state, int) for state in states):
            break
        walk = _Walk(step, slots, network.everything)
        following: dict[State, int] = {}
        off, on = walk.through(states, following)
        if step.decides:
            chance = network.chances[step.switch]
            mass = np.stack([_moved(mass[:, i], off, on, e.of(chance), len(following)) for i, e in enumerate(End)], 1)
            layers.append(Layer(step.switch, chance, off, on))
        else:
            mass = np.stack([_moved(mass[:, i], on, on, 1.0, len(following)) for i in range(3)], 1)
            _after(layers, on)
        allowed = max(NARROWEST, left // (len(steps) - number))
        left -= len(following)
        if len(following) > allowed:
            following, mass = _pruned(following, mass, layers, allowed)
            lost = mass[following[LOST], 1]
            left = 0 if lost > HOPELESS else left
            if lost > most_lost:
                _after(layers, np.zeros(len(following), np.int64))
                following, mass = {LOST: 0}, np.ones((1, 3))
        states = following
    return Diagram(layers=tuple(layers), held=tuple(s for s in states if isinstance(s, int)), shares=mass)


def _after(layers: list[Layer], to: Ints) -> None:
    """Let the last layer lead to where a sure step leads on from it."""
    if layers:
        layers[-1] = attrs.evolve(layers[-1], off=to[layers[-1].off], on=to[layers[-1].on])


def _pruned(
    states: dict[State, int], mass: Floats, layers: list[Layer], allowed: int
) -> tuple[dict[State, int], Floats]:
    """The likeliest states, in their order; the others are lost."""
    likely = mass.sum(axis=1)
    if LOST in states:
        likely[states[LOST]] = -1.0
    kept = np.zeros(len(mass), np.bool_)
    kept[np.argsort(-likely, kind="stable")[:allowed]] = True
    to = np.where(kept, np.cumsum(kept) - 1, int(kept.sum()))
    fewer = {state: int(to[place]) for state, place in states.items() if kept[place]} | {LOST: int(kept.sum())}
    _after(layers, to)
    return fewer, np.stack([np.bincount(to, mass[:, end], len(fewer)) for end in range(3)], 1)


# --- one link after the other ----------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Step:
    """One link, by one of its switches.

    Attributes:
        giver, to: The slots of its ends.
        switch: What opens it; -1: nothing need.
        decides: Whether the switch is decided here.
        cause: The bit that remembers a switch that opens more links; 0: it opens this one alone.
        forgets: Whether this is the last of them.
        entering: Slots whose places come in here, with what they begin with.
        into, out: Slots into which, and out of which, more links lead after this step.
        settles: Whether a slot left either of them here.
    """

    giver: int
    to: int
    switch: int
    decides: bool
    cause: int
    forgets: bool
    entering: tuple[tuple[int, int], ...]
    into: int
    out: int
    settles: bool


@attrs.frozen
class _Walk:
    """States taken through one step."""

    step: _Step
    slots: int
    everything: int

    def through(self, states: dict[State, int], following: dict[State, int]) -> tuple[Ints, Ints]:
        """Where each state goes if the link is shut, and if it is open; new states go to ``following``."""
        off, on = [], []
        for state in states:
            if isinstance(state, int):
                shut: State = state
                opened: State = state
            else:
                shut, opened = self._both(state)
            off.append(following.setdefault(shut, len(following)))
            on.append(following.setdefault(opened, len(following)))
        return np.array(off, np.int64), np.array(on, np.int64)

    def _both(self, state: tuple[int, ...]) -> tuple[State, State]:
        step = self.step
        if step.entering:
            slots = list(state)
            for slot, content in step.entering:
                slots[2 + slot] = (content & ~state[0]) << self.slots
            state = tuple(slots)
        if step.decides:
            cause = 0 if step.forgets else step.cause
            return self._shut(state), self._settled(self._opened([state[0], state[1] | cause, *state[2:]]))
        is_open = step.switch < 0 or state[1] & step.cause
        slots = list(state)
        if step.forgets:
            slots[1] &= ~step.cause
        only = self._settled(self._opened(slots) if is_open else slots)
        return only, only

    def _shut(self, state: tuple[int, ...]) -> State:
        return self._settled(list(state)) if self.step.settles else state

    def _opened(self, slots: list[int]) -> list[int]:
        """The giver's content goes to the taker, and from there wherever that leads."""
        giver, to = slots[2 + self.step.giver], slots[2 + self.step.to]
        if giver < 0 or to == VOID:
            return slots
        leading = giver & (1 << self.slots) - 1 | 1 << self.step.giver
        if to == LEADS:
            gained = giver >> self.slots
            slots[0] |= gained
            forget = ~(gained << self.slots | leading)
            for slot, value in enumerate(slots[2:]):
                if value >= 0:
                    slots[2 + slot] = LEADS if leading >> slot & 1 else value & forget
            return slots
        for slot, value in enumerate(slots[2:]):
            if value >= 0 and (slot == self.step.to or value >> self.step.to & 1):
                slots[2 + slot] = (value | giver | leading) & ~(1 << slot)
        return slots

    def _settled(self, slots: list[int]) -> State:
        """One form for all states that cannot come to differ in what is held."""
        if slots[0] == self.everything:
            return slots[0]
        into, out, contents = self.step.into, self.step.out, -1 << self.slots
        leads = False
        for slot, value in enumerate(slots[2:]):
            if value == LEADS and into >> slot & 1:
                leads = True
            elif value < 0:
                slots[2 + slot] = VOID
            else:
                slots[2 + slot] = value & (contents | into)
        if not leads:
            return slots[0]
        while gone := self._idle(slots, into, out):
            for slot, value in enumerate(slots[2:]):
                slots[2 + slot] = VOID if gone >> slot & 1 else value & ~gone if value >= 0 else value
        return tuple(slots)

    def _idle(self, slots: list[int], into: int, out: int) -> int:
        """Slots whose place cannot come to lead to the reader, or would bring nothing if it did."""
        led = 0
        for value in slots[2:]:
            led |= value if value >= 0 else 0
        gone = 0
        for slot, value in enumerate(slots[2:]):
            if value < 0:
                continue
            here = 1 << slot
            onward = out & here or led & here
            if not onward or not (into | out) & here or (not value and not into & here):
                gone |= here
        return gone


# --- in which order --------------------------------------------------------------------------------


def _steps(network: Network) -> tuple[list[_Step], int]:
    """The links in a good order, and how many slots their frontier takes."""
    arcs = min((_arcs(network, oldest) for oldest in (False, True)), key=_burden)
    last = {place: number for number, (joint, _) in enumerate(arcs) for place in joint}
    last_into = {joint[1]: number for number, (joint, _) in enumerate(arcs)}
    last_out = {joint[0]: number for number, (joint, _) in enumerate(arcs)}
    uses: dict[int, list[int]] = {}
    for number, (_, switch) in enumerate(arcs):
        uses.setdefault(switch, []).append(number)
    slot_of: dict[Place, int] = {READER: 0}
    free: list[int] = []
    slots, bits, steps = 1, dict[int, int](), list[_Step]()
    for number, (joint, switch) in enumerate(arcs):
        entering = []
        for place in joint:
            if place not in slot_of:
                slot_of[place] = free.pop() if free else slots
                slots = max(slots, slot_of[place] + 1)
                entering.append((slot_of[place], network.contents.get(place, 0)))
        first, final = uses[switch][0], uses[switch][-1]
        if switch >= 0 and first != final:
            bits.setdefault(switch, 1 << next(bit for bit in range(len(bits) + 1) if 1 << bit not in bits.values()))
        steps.append(
            _Step(
                giver=slot_of[joint[0]],
                to=slot_of[joint[1]],
                switch=switch,
                decides=switch >= 0 and number == first,
                cause=bits.get(switch, 0),
                forgets=switch in bits and number == final,
                entering=tuple(entering),
                into=sum(1 << slot for place, slot in slot_of.items() if last_into.get(place, -1) > number),
                out=sum(1 << slot for place, slot in slot_of.items() if last_out.get(place, -1) > number),
                settles=number in (last_into[joint[1]], last_out[joint[0]]),
            )
        )
        if number == final:
            bits.pop(switch, None)
        for place in [place for place in joint if last[place] == number]:
            free.append(slot_of.pop(place))
    return steps, slots


Arc = tuple[Joint, int]  # a link and one of its switches, -1: it is always open


def _arcs(network: Network, oldest: bool) -> list[Arc]:
    """Links around one place after the other, from the reader outward.

    Args:
        oldest: Take the place that came in first; otherwise the one that brings in the fewest others.
    """
    around: dict[Place, list[Joint]] = {}
    for joint in sorted(network.links):
        for place in joint:
            around.setdefault(place, []).append(joint)
    frontier, met, done = [READER], {READER}, set[Joint]()
    arcs: list[Arc] = []

    def strangers(place: Place) -> int:
        return len({other for joint in around.get(place, ()) for other in joint} - met)

    while frontier:
        place = frontier[0] if oldest else min(frontier, key=strangers)
        frontier.remove(place)
        left = [joint for joint in around.get(place, ()) if joint not in done]
        for joint in sorted(left, key=lambda j: (_partner(place, j) not in met, _turn(network, place, j))):
            other = _partner(place, joint)
            if other not in met:
                met.add(other)
                frontier.append(other)
            done.add(joint)
            arcs += [(joint, switch) for switch in sorted(network.links[joint]) or [-1]]
    return arcs


def _partner(place: Place, joint: Joint) -> Place:
    return joint[1] if joint[0] == place else joint[0]


def _turn(network: Network, place: Place, joint: Joint) -> tuple[bool, Place, bool]:
    """Links outward come first; a link stands beside the one that leads back if they share a switch."""
    there_and_back = network.links[joint] & network.links.get((joint[1], joint[0]), frozenset())
    inward = joint[1] == place
    return inward and not there_and_back, _partner(place, joint), inward


def _burden(arcs: Sequence[Arc]) -> float:
    """How many states there might be if each place of the frontier, and each cause to remember, doubled them."""
    last: dict[tuple[str, int], int] = {}
    first: dict[tuple[str, int], int] = {}
    for number, (joint, switch) in enumerate(arcs):
        for what in (("place", joint[0]), ("place", joint[1]), ("switch", switch)):
            first.setdefault(what, number)
            last[what] = number
    spans = [0] * (len(arcs) + 1)
    for what, number in first.items():
        if last[what] > number and what != ("switch", -1):
            spans[number] += 1
            spans[last[what]] -= 1
    width, burden = 0, 0.0
    for change in spans:
        width += change
        burden += 2.0 ** min(width, 500)
    return burden
