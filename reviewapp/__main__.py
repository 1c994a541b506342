"""`python -m reviewapp`: the whole site from one command, see `reviewapp.serving`."""

import sys

from reviewapp.serving import main

sys.exit(main())
