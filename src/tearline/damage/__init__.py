"""What did it cost? After a blurt, a leak, a theft or a mole: who is exposed, how sure, and what now.

:mod:`.versions` turns accounts of what was said into a distribution, :mod:`.beliefs` asks the exposure
engine what each reader believes in each of its cases, :mod:`.assessment` puts both together,
:mod:`.magnitude` sets incidents against each other, :mod:`.choices` weighs what to do and what to ask next,
:mod:`.telling` finds who must be told, in which words. The engine and its limits are those of a release; what
it does not know is what a reader does with a belief.
"""
