"""A hostile service in a box: organisations, what they know, what leaks, and readers who hunt the source.

It is the other side of the house. :mod:`.redteam` lets readers loose on the releases of a case and says
after which of them the source was findable. :mod:`.traffic` draws whole worlds in which the source is
known, so that :mod:`.calibration` can ask whether what the engine reports is what such readers achieve.
Everything drawn comes from a seed. Nothing here decides anything, and no engine knows of it.
"""
