"""Experiments: does Tearline protect a source against somebody who never heard of Tearline?

Start with :mod:`experiments.does_it_help`. The who-knew-what data come from outside
(:mod:`experiments.who_knew`) or are generated (:mod:`experiments.organisations`), so that a bare clone
proves as much. Nothing here is part of the product, and the product knows nothing of it.
"""
