"""``python -m tearline``: the same as the command ``tearline``."""

from tearline.cli import main

if __name__ == "__main__":
    main()
