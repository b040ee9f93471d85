"""From a report to a case: sentences as claims, vaguer wordings proposed by rules, telltales pointed out.

It decides nothing. Every wording is a proposal that a person accepts or not, because rules know no facts: whether
vaguer words are true, and who could have known them, is asked. It needs no language model and no network; places
need the gazetteer of the extra ``drafting``. Start at :func:`proposals`, :func:`telltales` and :func:`draft`; what
the words lead to is for :mod:`tearline.assess`.
"""

from tearline.drafting.drafted import Drafted, Marked, draft, drafted, everything
from tearline.drafting.gazetteer import Gazetteer, installed
from tearline.drafting.proposing import Vaguer, ladder, proposals, said, turned_round
from tearline.drafting.sentences import sentences
from tearline.drafting.spans import Kind, Level, Proposal, Rung, Span
from tearline.drafting.telltales import Sign, Telltale, telltales

__all__ = [
    "Drafted",
    "Gazetteer",
    "Kind",
    "Level",
    "Marked",
    "Proposal",
    "Rung",
    "Sign",
    "Span",
    "Telltale",
    "Vaguer",
    "draft",
    "drafted",
    "everything",
    "installed",
    "ladder",
    "proposals",
    "said",
    "sentences",
    "telltales",
    "turned_round",
]
