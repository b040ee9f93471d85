"""US markings: Information Security Markings (ISM), as published in November 2022.

:mod:`~tearline.markings.ism.mark` is one marking; :mod:`~tearline.markings.ism.rollup` makes a banner of many;
:mod:`~tearline.markings.ism.access` says who may read. Rolling up and reading are different functions, since a list
that rolls up stays closed where it can, and one that is read is opened.
"""
