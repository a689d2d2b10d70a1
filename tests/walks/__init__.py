"""Long walks: every procedure, by anybody, in any order, with the invariants looked at after each act.

How they run: `test_walks.py`. What a walk may do: `machine.py`. What must hold: `invariants.py`. Where they start: `starts.py`.
"""
