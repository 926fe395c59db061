"""`python -m ftdata` is the `ftdata` command."""

from ftdata.cli import main

main()
