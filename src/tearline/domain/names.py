"""Ids: what the case file calls things. Each kind has its own type so that they cannot be mixed up."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NewType

PartyId = NewType("PartyId", str)
OrganisationId = NewType("OrganisationId", str)
SourceId = NewType("SourceId", str)
GroupId = NewType("GroupId", str)
SecretId = NewType("SecretId", str)
ClaimId = NewType("ClaimId", str)
VersionId = NewType("VersionId", str)
EventId = NewType("EventId", str)
ListId = NewType("ListId", str)
CauseId = NewType("CauseId", str)
RuleId = NewType("RuleId", str)
QuestionId = NewType("QuestionId", str)
AgreementId = NewType("AgreementId", str)
OperationId = NewType("OperationId", str)


def fixed(mapping: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A copy of ``mapping`` that nobody can change; it keeps its order.

    Untyped inside because field converters cannot be generic; the fields themselves are typed.
    """
    return MappingProxyType(dict(mapping))
