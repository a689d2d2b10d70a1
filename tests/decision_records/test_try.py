import time as t
from pathlib import Path
from apps.decision_records.services import write_records
from apps.decision_records.render.paper import pdf, markup
from tests.decision_records.closed import *
def test_it(people, time):
    ballot = twelve_items(people, time)
    [r] = write_records(ballot)
    print([ (i.number,i.outcome, bool(i.executed_at), i.problems) for i in ballot.items.order_by("number")], len(r.json))
    for l in ("en","ja","hi"):
        a=t.time(); b=pdf(r,l); print(l, len(b), t.time()-a)
        Path(f"/tmp/h-records-{l}.pdf").write_bytes(b)
        Path(f"/tmp/h-records-{l}.html").write_text(markup(r,l))
