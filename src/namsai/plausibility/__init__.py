"""Plausibility: figures that cannot be true together, or lie outside what was ever seen."""

from namsai.plausibility.check_claims import claims
from namsai.plausibility.check_plant import plant
from namsai.plausibility.roles import ROLES, Role
from namsai.plausibility.table import RULES, Rule

__all__ = ["ROLES", "RULES", "Role", "Rule", "claims", "plant"]
