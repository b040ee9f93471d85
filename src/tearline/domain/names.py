"""Ids: what the case file calls things. Each kind has its own type so that they cannot be mixed up."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NewType, TypeVar

PartyId = NewType("PartyId", str)
OrganisationId = NewType("OrganisationId", str)
SourceId = NewType("SourceId", str)
GroupId = NewType("GroupId", str)
SecretId = NewType("SecretId", str)
ClaimId = NewType("ClaimId", str)
VersionId = NewType("VersionId", str)
EventId = NewType("EventId", str)

K = TypeVar("K")
V = TypeVar("V")


def fixed(mapping: Mapping[K, V]) -> Mapping[K, V]:
    """A copy of ``mapping`` that nobody can change; it keeps its order."""
    return MappingProxyType(dict(mapping))
