"""What is kept between two runs: the record of what was decided and released, in one SQLite file.

:mod:`.record` and :mod:`.tables` are the file; :mod:`.desk` is the only way to write it; :mod:`.acts` says what
stands in it; :mod:`.verifying` and :mod:`.pages` find what was changed; :mod:`.keys` and :mod:`.places` keep keys
and know where; :mod:`.seen` is the memory of a witness. What it proves: ``docs/explanation/record.md``.
"""
