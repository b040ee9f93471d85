"""A warning from end to end: who is told what, by when, by whom, and what is owed afterwards.

Start with :func:`.plan.plan`. The words come from the same search as every answer; here is what a warning
needs besides them. It knows no clock: what time it is arrives as an argument or stands in the case.
"""
