"""``python -m tearline``: the same as the command ``tearline``."""

from tearline.cli import main

main()
