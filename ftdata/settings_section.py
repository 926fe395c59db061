"""What every section of `ftdata.yaml` is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


class Section(BaseModel):
    """Base of every section: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def idle(field: str, message: str) -> PydanticCustomError:
    """The error about a setting that nothing heeds, with the fix in `message`.

    `field` is the path to it from what is validated, such as `modes.EMAIL`.
    """
    return PydanticCustomError("idle", "{message}", {"at": field, "message": message})
