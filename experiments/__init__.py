"""Experiments: does Tearline protect a source, and is what it reports true?

Start with :mod:`experiments.does_it_help` (against somebody who never heard of Tearline) and
:mod:`experiments.calibration` (is a reported exposure ever too low, and how much too high?). The
who-knew-what data come from outside (:mod:`experiments.who_knew`) or are generated
(:mod:`tearline.sim.organisations`), so that a bare clone proves as much. Nothing here is part of the
product, and the product knows nothing of it.
"""
