"""Run the command line with `python -m camdesk`."""

import sys

from camdesk.cli.main import run

sys.exit(run())
