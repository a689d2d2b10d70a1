"""The rules themselves: editions, special measures, grievances."""
