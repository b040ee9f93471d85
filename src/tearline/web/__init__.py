"""A page for one case, on this machine and for one person: see what a text gives away, and choose better words.

The room knows no rules and computes nothing: it asks the same engines as the command line and paints what
they answer. :mod:`.door` says who may come in, :mod:`.starting` begins a case and :mod:`.desk` keeps it,
:mod:`.views` puts answers into words, :mod:`.pictures` draws, :mod:`.app` takes requests, :mod:`.serving`
listens. Loaded by ``tearline open`` only.
"""
