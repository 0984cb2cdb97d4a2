"""Every test here sees the packs applied, once per file."""

from tests.packs.world import applied, packs

__all__ = ["applied", "packs"]
