"""The record that nobody can quietly change: trees, proofs, signed heads, witnesses. Bytes, no sockets.

:mod:`.tree` grows a log and proves what is in it; :mod:`.proofs` checks such proofs; :mod:`.notes` and
:mod:`.checkpoints` sign and read heads; :mod:`.witness` cosigns the heads of others; :mod:`.tiles` lays a
log out as files; :mod:`.spots` is the proof of one entry as a file; :mod:`.commitments` puts a record into a
log without showing it.
"""
