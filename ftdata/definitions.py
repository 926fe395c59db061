"""The code location that Dagster loads: the definitions of the project in this folder."""

from ftdata.defs.location import definitions_for
from ftdata.project import project_from_environment

defs = definitions_for(project_from_environment())
