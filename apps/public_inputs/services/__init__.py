"""Every write about public inputs: what is sent, received, mailed and forgotten, and what its steps write."""

from apps.public_inputs.services.letters import send_letters
from apps.public_inputs.services.receiving import call_held, confirm, enter, input_numbered, lapse_inputs
from apps.public_inputs.services.sending import forget, keep

__all__ = [
    "call_held",
    "confirm",
    "enter",
    "forget",
    "input_numbered",
    "keep",
    "lapse_inputs",
    "send_letters",
]
