"""The procedures about the rules themselves: their editions, special measures, grievances."""
