"""Papers to take away: the tearline and the card, which leave the house, and the submission, which stays.

A paper is made from what may leave, word by word, and never from something longer that was cleaned: see
:mod:`.outgoing`. The same :class:`Document` is written as PDF, Markdown, plain text or JSON. This room knows no
clock and no place: dates and references are handed in, bytes are handed back. Whether something may go it asks
:mod:`tearline.assess`, and what was released it must be told.

>>> paper = Document(paper=Paper.CARD, leaves=True, banner=("These words and no others",), heading="Card")
>>> written(paper, Kind.MARKDOWN).decode().splitlines()[:3]
['**These words and no others**', '', '# Card']
"""

from tearline.paper.document import Document, Paper, Part, Sentence
from tearline.paper.house import submission
from tearline.paper.outgoing import card, released, tearline
from tearline.paper.writing import Kind, written

__all__ = ["Document", "Kind", "Paper", "Part", "Sentence", "card", "released", "submission", "tearline", "written"]
