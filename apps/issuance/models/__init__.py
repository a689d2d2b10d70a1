"""Rounds, and the amounts that were verified and decided for them."""

from apps.issuance.models.amounts import DecidedAmount, VerifiedAmount
from apps.issuance.models.round import DayRange, Round, SideOfRound
from apps.issuance.models.sheets import SheetReading

__all__ = ["DayRange", "DecidedAmount", "Round", "SheetReading", "SideOfRound", "VerifiedAmount"]
