"""What people do in a rehearsal, as one verb each. Every verb goes through the one door."""
