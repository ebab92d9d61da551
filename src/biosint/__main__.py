"""``python -m biosint``: the same as the ``biosint`` command."""

import sys

from biosint.config.command_line import main

if __name__ == "__main__":
    sys.exit(main())
