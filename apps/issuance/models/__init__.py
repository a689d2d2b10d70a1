"""Rounds, and the amounts that were verified and decided for them."""

from apps.issuance.models.amounts import DecidedAmount, VerifiedAmount
from apps.issuance.models.round import DayRange, Round, SideOfRound

__all__ = ["DayRange", "DecidedAmount", "Round", "SideOfRound", "VerifiedAmount"]
