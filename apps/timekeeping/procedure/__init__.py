"""The procedures about time: orders that stop clocks or extend limits, and the holidays of each side."""
