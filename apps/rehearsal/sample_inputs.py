"""What the public says on the sample site: comments in three languages on two proposed methodologies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from apps.accounts.roles import Role, Side
from apps.methodologies.models import ProposedMethodology
from apps.public_inputs.models import PublicInput
from apps.rehearsal import india
from apps.rehearsal.acts import inputs
from apps.rehearsal.acts.stage import Stage
from apps.rehearsal.people import company

Scene = tuple[int, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class SampleComment:
    """A comment: on which proposal, by whom, as what, in which language."""

    proposal: india.SampleMethodology
    name: str
    organisation: str
    country: str
    stakeholder: str
    language: str
    text: str
    is_named: bool = True

    @property
    def said(self) -> dict[str, Any]:
        """What the form would have asked for."""
        names = ("name", "organisation", "country", "stakeholder", "language", "text", "is_named")
        return {name: getattr(self, name) for name in names}


COMMENTS = {
    "oil": SampleComment(
        india.UNDER_CONSIDERATION, "Meera Iyer", "Institute for Waste Research, Pune", "India", "research", "en",
        "Used cooking oil that was fed to animals before is replaced by other feed. The methodology should count that feed.",
    ),
    "offer": SampleComment(
        india.UNDER_CONSIDERATION, "Sales desk", "Oil collectors, Surat", "India", "company", "en",
        "We collect used cooking oil at the best prices. Call us today.",
    ),
    "fish": SampleComment(
        india.IN_PUBLIC_INPUTS, "Ravi Solanki", "", "India", "resident", "hi",
        "ज्वार-भाटे की धारा में टर्बाइन लगाने से मछली पकड़ने के रास्ते बंद हो सकते हैं। निगरानी योजना में यह बात आनी चाहिए।",
        is_named=False,
    ),
    "cable": SampleComment(
        india.IN_PUBLIC_INPUTS, "佐藤 健", "海洋エネルギー研究会", "日本", "research", "ja",
        "海底ケーブルの送電損失が第4節の算定式に含まれていません。計測点を陸上の受電端とすることを提案します。",
    ),
    "grid": SampleComment(
        india.IN_PUBLIC_INPUTS, "Anil Desai", "Gulf of Khambhat Port Users", "India", "company", "en",
        "The operating margin of the western grid is taken from a table of an earlier year.",
    ),
}  # fmt: skip
ANSWERS = {
    "oil": "Section 3 now excludes oil that was fed to animals in the three years before the project.",
    "cable": "The metering point is now at the receiving end on land, and section 4 counts the losses of the cable.",
}


@dataclass(slots=True)
class SampleInputs:
    """The inputs of the sample while it is being played; `proposals` are the sample's own."""

    stage: Stage
    proposals: list[ProposedMethodology]
    made: dict[str, PublicInput] = field(default_factory=dict)

    def scenes(self) -> Iterator[Scene]:
        """What happens, in days from today: one is answered, one is withheld, three are at the desks of today."""
        yield -55, partial(self._comment, "oil")
        yield -54, partial(self._comment, "offer")
        yield -53, partial(self._publish, "oil")
        yield -53, partial(self._withhold, "offer")
        yield -49, partial(self._answer, "oil")
        yield -6, partial(self._comment, "cable")
        yield -5, partial(self._publish, "cable")
        yield -5, partial(self._comment, "fish")
        yield -4, partial(self._publish, "fish")
        yield -3, partial(self._answer, "cable")
        yield -2, partial(self._comment, "grid")

    def _comment(self, key: str) -> None:
        one = COMMENTS[key]
        file = next(proposal for proposal in self.proposals if proposal.title == one.proposal.title).reload()
        self.made[key] = inputs.comment(self.stage, file, one.said, address=f"{key}@example.org")

    def _publish(self, key: str) -> None:
        self.made[key] = inputs.publish(self.stage, self.made[key])

    def _withhold(self, key: str) -> None:
        grounds = "It offers a service, and says nothing about the methodology."
        self.made[key] = inputs.withhold(self.stage, self.made[key], "advertising", grounds)

    def _answer(self, key: str) -> None:
        by = self.stage.players.of(company(COMMENTS[key].proposal.proponent, Side.JAPAN), Role.PARTICIPANT)
        self.made[key] = inputs.answer(self.stage, self.made[key], by, ANSWERS[key])
