"""Proofs of the logs of others, good and bad: every probe of ``crypto/merkle``."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tearline.ledger.proofs import (
    ProofError,
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)
from tearline.ledger.tree import HASH_BYTES

PROBES = {"consistency": 98, "inclusion": 98, "subtreeconsistency": 118, "subtreeinclusion": 204}


def checked(kind: str, probe: dict[str, Any]) -> None:
    def decoded(key: str) -> bytes:
        """A hash; words in place of a root that does not matter are filled up, since we refuse what is no hash."""
        said = base64.b64decode(probe[key] or "")
        return said.ljust(HASH_BYTES, b"\0") if said.startswith(b"don't care") else said

    proof = [base64.b64decode(each) for each in probe["proof"] or []]
    if kind == "consistency":
        sizes = (probe["size1"], probe["size2"])
        verify_consistency(sizes[0], decoded("root1"), sizes[1], decoded("root2"), proof)
    elif kind == "inclusion":
        verify_inclusion(decoded("leafHash"), probe["leafIdx"], probe["treeSize"], proof, decoded("root"))
    elif kind == "subtreeconsistency":
        part = (probe["start"], probe["end"], probe["size"])
        verify_subtree_consistency(*part, proof, decoded("root1"), decoded("root2"))
    else:
        part = (probe["leafIdx"], probe["start"], probe["end"])
        verify_subtree_inclusion(decoded("leafHash"), *part, proof, decoded("root"))


@pytest.mark.parametrize("kind", PROBES)
def test_every_probe_is_judged_as_it_says(kind: str, outside_data: Callable[[str], Path]) -> None:
    files = sorted((outside_data("crypto/merkle") / "testdata" / kind).rglob("*.json"))
    wrong = []
    for file in files:
        probe = json.loads(file.read_text(encoding="utf-8"))
        try:
            checked(kind, probe)
        except ProofError:
            refused = True
        else:
            refused = False
        if refused != probe["wantErr"]:
            wrong.append(f"{file.parent.name}/{file.stem}")

    assert wrong == []
    assert len(files) == PROBES[kind]
