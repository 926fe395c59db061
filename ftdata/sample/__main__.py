"""`python -m ftdata.sample DIR` writes the sample below DIR and prints what is in them."""

import sys
from dataclasses import asdict
from pathlib import Path

from ftdata import jsonl
from ftdata.sample.generate import write_sample

if len(sys.argv) != 2:
    sys.exit("usage: python -m ftdata.sample DIR (such as data/raw)")
sys.stdout.write(jsonl.pretty(asdict(write_sample(Path(sys.argv[1])))).decode())
