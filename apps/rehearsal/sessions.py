"""Decisions of a replay: the motions of a plan become items of a ballot, which the committee then decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from apps.committee.kinds import Form, Outcome
from apps.committee.models import Ballot, BallotItem
from apps.committee.services import about
from apps.core.errors import Problem, Refusal
from apps.rehearsal.acts import committee, rules
from apps.rehearsal.planning import (
    IDEA_NOTES,
    BallotPlan,
    EditionPlan,
    EntityPlan,
    MethodologyPlan,
    Motion,
    NotePlan,
    ProjectPlan,
    RoundPlan,
    number_of,
    same_name,
)
from apps.rehearsal.run import Missing, Run, needed
from apps.workflow.inputs import YesNo

Item = dict[str, Any]
FORMS = {"electronic": Form.ELECTRONIC, "meeting": Form.MEETING}


def hold(run: Run, plan: BallotPlan) -> None:
    """Put the motions of a decision to the committee and let it adopt them; what is refused goes into the report."""
    run.report.decisions += plan.counts
    found = list(_items(run, plan))
    if not found:
        return
    with run.told(plan.decided_on, "decision", plan.decided_on.isoformat()):
        title = f"Decision of {plan.decided_on.isoformat()}"
        items = [item for _motion, item in found]
        form = FORMS.get(plan.form, Form.UNSTATED)
        ballot = committee.decide(run.stage, title, items, form=form, **_meeting(plan, form))
        run.assume(plan.assumed)
        _outcomes(run, plan, ballot, [motion for motion, _item in found])


def _meeting(plan: BallotPlan, form: Form) -> dict[str, Any]:
    if form != Form.MEETING:
        return {}
    return {"held_on": plan.decided_on, "place": plan.place or None, "meeting_no": plan.meeting_no}


def _items(run: Run, plan: BallotPlan) -> Iterator[tuple[Motion, Item]]:
    for motion in plan.motions:
        if isinstance(motion.plan, NotePlan) and motion.plan.key not in run.notes:
            continue  # The report says already why it was not brought.
        try:
            yield motion, _item(run, motion)
        except Missing:
            run.report.skip(plan.decided_on, motion.kind, motion.ref, "an earlier act was refused")


def _item(run: Run, motion: Motion) -> Item:
    """What is put to the committee: the step of a file, or a text that stands for itself."""
    if motion.plan is None:
        return {"title": motion.title[:300], "text": motion.title}
    return ASKED[type(motion.plan)](run, motion, motion.plan)


def _edition(run: Run, motion: Motion, plan: EditionPlan) -> Item:
    title = motion.title[:300]
    return about(rules.propose_edition(run.stage, plan.edition, title), "adopt", title)


def _registration(run: Run, motion: Motion, plan: ProjectPlan) -> Item:
    project = needed(run.projects.get(plan.record.id)).reload()
    return about(project, "register", motion.title, effective_on=plan.record.registration_date)


def _issuance(run: Run, motion: Motion, plan: RoundPlan) -> Item:
    found = needed(run.rounds.get((plan.project, plan.start))).reload()
    return about(found, "notify", motion.title, host_tonnes=plan.host, japan_tonnes=plan.japan, decided_tonnes=plan.total)


def _approval(run: Run, motion: Motion, plan: MethodologyPlan) -> Item:
    proposal = needed(run.proposals.get(plan.record.key)).reload()
    major, minor = plan.record.key[1]
    return about(proposal, "approve", motion.title, number=number_of(plan.record.reference), major=major, minor=minor)


def _idea(run: Run, motion: Motion, plan: NotePlan) -> Item:
    step, said = IDEA_NOTES[motion.kind], plan.item.note or plan.item.title or motion.kind
    inputs: dict[str, dict[str, Any]] = {
        "decide_objection": {"public_reason": said},
        "decide_otherwise": {"wording": said, "lets_go_on": YesNo.YES.value},
    }
    return about(run.notes[plan.key].reload(), step, motion.title[:300], **inputs.get(step, {}))


def _designation(run: Run, motion: Motion, plan: EntityPlan) -> Item:
    entity = needed(run.entities.get(same_name(plan.name))).reload()
    inputs: Item = {"validation": list(plan.validation), "verification": list(plan.verification)}
    if not plan.extends:
        inputs["number"] = plan.number
    return about(entity, "extend" if plan.extends else "designate", motion.title, **inputs)


ASKED: Mapping[type, Callable[[Run, Motion, Any], Item]] = {
    MethodologyPlan: _approval,
    EditionPlan: _edition,
    EntityPlan: _designation,
    NotePlan: _idea,
    ProjectPlan: _registration,
    RoundPlan: _issuance,
}


def _outcomes(run: Run, plan: BallotPlan, ballot: Ballot, motions: list[Motion]) -> None:
    items = list(BallotItem.objects.filter(ballot=ballot).order_by("number"))
    for motion, item in zip(motions, items, strict=True):
        if item.outcome == Outcome.ADOPTED and not item.problems:
            run.report.performed += 1
        else:
            problems = [Problem(one["code"], one["text"]) for one in item.problems] or [Problem("BAL-00", "not adopted")]
            run.report.refuse(plan.decided_on, motion.kind, motion.ref, Refusal(problems))
    run.report.adopted += plan.counts and all(item.outcome == Outcome.ADOPTED for item in items)
