"""What a warning needs besides words."""

from typing import Final

from tearline.cases.format.parts import CLAIM, PARTY, record
from tearline.cases.moments import Moment, TimeOfDay
from tearline.cases.scalars import Day, Flag, Judged, Name, Number, Text, Word
from tearline.cases.shapes import NEEDED, Field, Kind, Listed, Named
from tearline.domain.sources import Permission
from tearline.domain.urgency import (
    CONSULT_HOURS,
    NEEDS_HOURS,
    Authorities,
    Authority,
    Contact,
    Finding,
    Ground,
    Outcome,
    Override,
    Tests,
    ToWarn,
    Urgency,
    Waiver,
)

MOST_HOURS: Final = 8760

FINDING: Final = record(
    "finding",
    "The recorded answer to one test of a duty to warn.",
    (
        Field("holds", Flag(), "Whether the threat is so.", NEEDED),
        Field("by", Text(1), "Who says so.", NEEDED),
        Field("because", Text(), "Why.", ""),
    ),
    Finding,
)

TESTS: Final = record(
    "tests",
    "The three tests of a duty to warn. Nobody's answer counts as a yes; one recorded no ends the duty.",
    (
        Field("credible", FINDING, "Is the threat credible?"),
        Field("specific", FINDING, "Is it specific?"),
        Field("impending", FINDING, "Is it impending?"),
    ),
    Tests,
)

AUTHORITY: Final = record(
    "authority",
    "A named person who decides one thing.",
    (
        Field("who", Text(1), "The person, by office.", NEEDED),
        Field("deputy", Text(), "Who decides if that person cannot be reached.", ""),
        Field("reach", Text(), "How the person is reached at any hour.", ""),
    ),
    Authority,
)

AUTHORITIES: Final = record(
    "authorities",
    "Who decides at each step of a warning.",
    (
        Field("release", AUTHORITY, "Who signs the words."),
        Field("waive", AUTHORITY, "Who may waive the duty to warn."),
        Field("override", AUTHORITY, "Who may act without a consent that has not come."),
        Field("oversight", AUTHORITY, "Whom waivers, overrides and warnings beyond the limits are reported to."),
    ),
    Authorities,
)

CONTACT: Final = record(
    "contact",
    "How a party is reached in a hurry.",
    (
        Field("who", Text(), "Whom to ask for.", ""),
        Field("reach", Text(), "By what way.", ""),
        Field("tried", Day(), "When that way was last used or exercised."),
        Field(
            "answers_within",
            Number(0, MOST_HOURS),
            "Hours in which it answers.",
            otherwise=f"{CONSULT_HOURS:g}, and a gap",
        ),
    ),
    Contact,
)

TO_WARN: Final = record(
    "person to warn",
    "Somebody in danger: a second recipient, with a smaller tearline.",
    (
        Field("where", Text(), "Where they are, in the words of `presence`.", ""),
        Field("through", PARTY, "Who tells them: the recipient, or us.", otherwise="the recipient"),
        Field("claims", Listed(CLAIM), "What concerns them, of what is proposed.", (), "all of it"),
        Field("needs", Number(0, MOST_HOURS), "Hours that they need to act on it.", otherwise=f"{NEEDS_HOURS:g}"),
        Field("enough", Number(0, 10_000), "Words worth less to them are no warning.", 0.0, "any worth"),
        Field(
            "allows",
            Listed(Word(Permission)),
            "What they may do beyond hearing it.",
            (Permission.ACT,),
            "`act`: whoever is warned acts, and that is seen",
        ),
    ),
    ToWarn,
)

WAIVER: Final = record(
    "waiver",
    "A decision not to warn. It is refused unless who made it has seen the evidence and somebody else reviews it.",
    (
        Field("on", Moment(), "When.", NEEDED),
        Field("ground", Word(Ground), "On what ground; the value of a source is none.", NEEDED),
        Field("because", Text(1), "The reason in words.", NEEDED),
        Field("harm", Text(1), "What may happen because nobody was warned.", NEEDED),
        Field("by", Text(1), "Who decided.", NEEDED),
        Field("of", Listed(PARTY, one=True), "Whom it leaves unwarned.", (), "everybody"),
        Field("reviewer", Text(), "Who looks at it again.", ""),
        Field("review_on", Moment(), "When, before the harm."),
    ),
    Waiver,
)

OVERRIDE: Final = record(
    "override",
    "A decision to warn without the consent of somebody who has not answered; never against a no.",
    (
        Field("on", Moment(), "When.", NEEDED),
        Field("party", PARTY, "Whose consent is missing.", NEEDED),
        Field("by", Text(1), "Who decided: the authority named for it.", NEEDED),
        Field("because", Text(1), "Why.", NEEDED),
    ),
    Override,
)

OUTCOME: Final = record(
    "outcome",
    "One way in which it may end for a leader; its key is the cause that stands for it, with the tip-off.",
    (
        Field("what", Text(1), "What happens then.", NEEDED),
        Field("silent", Judged(), "How likely it is if nothing is said."),
        Field("in_danger", Listed(Text(1)), "Who is then in danger; listed, never weighed.", ()),
    ),
    Outcome,
)

URGENT: Final = record(
    "urgent",
    "What a warning needs besides words.",
    (
        Field("at", TimeOfDay(), "The time of the decision, on the day of the case."),
        Field("noticed", Moment(), "When the danger came to light: the clock runs from then."),
        Field("tests", TESTS, "Is the threat credible, specific, impending?", {}),
        Field("seen_by", Listed(Text(1)), "Who has seen the evidence as it was collected.", ()),
        Field("authorities", AUTHORITIES, "Who decides at each step.", {}),
        Field("contacts", Named(PARTY, CONTACT), "How each party is reached in a hurry.", {}),
        Field("to_warn", Named(PARTY, TO_WARN), "Who is in danger.", {}),
        Field("waivers", Listed(WAIVER), "Decisions not to warn.", ()),
        Field("overrides", Listed(OVERRIDE), "Decisions to warn without an answer.", ()),
        Field("outcomes", Named(Name(Kind.CAUSE), OUTCOME), "How it may end with a leader who is tipped off.", {}),
    ),
    Urgency,
    spread=True,
)
