"""Long walks: every procedure, by anybody, in any order, with the invariants looked at after each act.

How they run: `test_walks.py` and `running.py`. What a walk may do: `machine.py`, by the rules of `steps.py`, `deciding.py`,
`forbidden.py`, `hours.py` and `offices.py` over `base.py`. What must hold: `invariants.py`, `log.py`. Where they start:
`starts.py`. That each invariant can fail: `test_invariants.py`.

What has changed is asked of the server's own counters (`commits.py`), and only the statements that read a changed table are
asked again; whole desks, outages and foldings of the whole log, which take long, are looked at once in so many times.

`pytest tests/walks --walk-table` prints refusals by code and every step of the tables with its count; a long run does so
by itself.
`--walks`, `--walk-steps` and `--walk-seed` change how many, how long, and walk again what a seed walked; `--walk-whole` tells a
failing walk as it was, without looking for a shorter one.

All walks of a test run in one transaction, each undone at its end. What is held at a commit only is held after each act
(`commits.py`). One guard is weaker so: "a state moves with an event of the same transaction" takes any earlier event of the run
for one of its own; I-10 asks for one event per version instead.
"""
