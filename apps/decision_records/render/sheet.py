"""A record as a page or a paper shows it: read from its JSON alone, in one language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.committee.kinds import Answer, Basis, Outcome
from apps.core.templatetags.gazette import day_words, in_words
from apps.decision_records.models import DecisionRecord
from apps.decision_records.render.words import in_both_zones

Entry = Mapping[str, Any]
Fact = tuple[str, str]

# How outcomes and answers look: a status word, never a colour alone.
OUTCOMES = {Outcome.ADOPTED: "done", Outcome.SEVERED: "stop", Outcome.WITHDRAWN: "aside", Outcome.DEFERRED: "attn"}
TIME = re.compile(r"(\d\d:\d\d) ([A-Z]{2,5})\b")
ANSWERS = {
    Answer.AGREE: "done",
    Answer.AGREE_WITH_COMMENT: "done",
    Answer.DO_NOT_AGREE: "stop",
    Answer.ASK_FOR_MEETING: "attn",
    Answer.CONFLICT_OF_INTEREST: "aside",
}


@dataclass(frozen=True)
class Sheet:
    """One record in one language."""

    record: DecisionRecord
    said: Entry
    language: str

    # --- The head ---------------------------------------------------------------------------------

    def words(self, group: str, key: str) -> str:
        """The label of a key, as the record itself has it."""
        return str(self.said["words"][group].get(key, {}).get(self.language, key))

    def here(self, texts: Entry) -> str:
        """A text that the record has in each language."""
        return bound(str(texts[self.language]))

    @property
    def form(self) -> str:
        return self.words("form", self.said["form"])

    @property
    def outcomes(self) -> str:
        """What became of the items: "Adopted: 10; severed from the ballot: 1"."""
        all_of_them = [item["outcome"] for item in self.said["items"]]
        text = _("%(outcome)s: %(count)s")
        counts = [(one.value, all_of_them.count(one.value)) for one in Outcome if one.value in all_of_them]
        return _(", ").join(text % {"outcome": self.words("outcome", key), "count": count} for key, count in counts)

    @property
    def heading(self) -> str:
        """The same as running text writes it: "Ten items adopted, one severed"."""
        all_of_them = [item["outcome"] for item in self.said["items"]]
        counts = [(one, all_of_them.count(one.value)) for one in Outcome if one.value in all_of_them]
        return capfirst(_(", ").join(became(one, count, first=not place) for place, (one, count) in enumerate(counts)))

    @property
    def facts(self) -> list[Fact]:
        """The head of the record: form, edition, dates, rule."""
        return [fact for fact in self._facts() if fact[1]]

    def _facts(self) -> Iterable[Fact]:
        said, windows = self.said, [item["window"] for item in self.said["items"] if "window" in item]
        yield _("Form"), self.form
        yield _("Meeting"), self._meeting()
        yield _("Rulebook edition"), self.here(said["edition"]["title"])
        yield _("Circulated"), self._moment(said.get("circulated_at"))
        yield _("Window for replies"), self.here(windows[0]["words"]) if _alike(windows) else ""
        yield _("When an item is adopted"), self.here(said["rule"]["words"])
        yield _("Closed"), self._moment(said["closed_at"])
        yield _("Outcome"), self.outcomes
        yield _("Follows"), self._earlier()

    def _meeting(self) -> str:
        meeting = self.said.get("meeting", {})
        number = _("No. %(number)s") % {"number": meeting["number"]} if "number" in meeting else ""
        held_on = day_words(date.fromisoformat(meeting["held_on"])) if "held_on" in meeting else ""
        return _(", ").join(filter(None, (number, meeting.get("place", ""), held_on)))

    def _moment(self, moment: Entry | None) -> str:
        return bound(in_both_zones(instant(moment["utc"]))) if moment else ""

    def _earlier(self) -> str:
        earlier = self.said.get("supplements")
        return f"{earlier['number']}, SHA-256 {earlier['sha256']}" if earlier else ""

    # --- Items ------------------------------------------------------------------------------------

    @property
    def items(self) -> list[dict[str, Any]]:
        """The items with everything that is told of them."""
        return [self._item(item) for item in self.said["items"]]

    def _item(self, item: Entry) -> dict[str, Any]:
        performance = item.get("performance", {})
        return {
            **item,
            "lead": self._lead(item),
            "status": {"kind": OUTCOMES[Outcome(item["outcome"])], "words": self.words("outcome", item["outcome"])},
            "state": self._state(item),
            "facts": [fact for fact in self._item_facts(item) if fact[1]],
            "why": self.here(item["reasoning"]),
            "effect": self.here(performance["words"]) if performance else "",
            "problems": performance.get("problems", ()),
            "papers": [self._paper(one) for one in item.get("documents", ())],
            "voices": [voice for seat in self.said["seats"] for voice in self._of_seat(item, seat)],
            "aside": [self._who(self._seat(one["seat"])) for one in item.get("conflicts_of_interest", ())],
            "late": [self._voice(item, one) for one in item.get("late_replies", ())],
        }

    def _lead(self, item: Entry) -> str:
        file = item.get("file", {})
        parts = (self.here(file["kind"]) if file else "", file.get("number", ""), file.get("title", ""))
        return " · ".join(filter(None, parts))

    def _state(self, item: Entry) -> str:
        """One word more than the outcome, for the list on the first page: whether it has taken effect."""
        if "performance" not in item or "step" not in item:
            return ""
        return _("performed") if item["performance"]["performed"] else _("not performed")

    def _item_facts(self, item: Entry) -> Iterable[Fact]:
        if "step" in item:
            step = {"step": self.here(item["step"]["title"]), "clause": item["step"].get("clause", "–")}
            yield _("What adoption does"), _("%(step)s (rule %(clause)s)") % step
        yield _("Corrects"), item.get("corrects", "")
        if not _alike([one["window"] for one in self.said["items"] if "window" in one]):
            yield _("Window for replies"), self.here(item["window"]["words"]) if "window" in item else ""
        for given in item.get("inputs_in_words", ()):
            yield self.here(given["label"]), self.here(given["words"])
        for term, key in ((_("Takes effect on"), "takes_effect_on"), (_("Last day of effect"), "expires_on")):
            yield term, day_words(date.fromisoformat(item[key])) if key in item else ""
        yield _("Text decided on"), _("revision %(number)s") % {"number": item["revision"]} if item["revision"] > 1 else ""
        yield _("Reason given"), item.get("outcome_because", "")

    def _paper(self, paper: Entry) -> dict[str, Any]:
        form = paper.get("form", {})
        stated = " ".join(filter(None, (form.get("code", ""), form.get("version", ""))))
        return {**paper, "title": self.words("document", paper["kind"]), "stated": stated}

    # --- Voices -----------------------------------------------------------------------------------

    def _seat(self, number: int) -> Entry:
        found: Entry = next(seat for seat in self.said["seats"] if seat["seat"] == number)
        return found

    def _who(self, seat: Entry) -> dict[str, Any]:
        """A seat: its side, its function and organisation."""
        return {
            "side": seat["side"],
            "mark": "JP" if seat["side"] == Side.JAPAN else self.said["partner"]["code"],
            "country": side_name(seat["side"]),
            "function": self.words("function", seat["function"]),
            "name": _(", ").join((self.words("function", seat["function"]), seat["organisation"])),
            "co_chair": seat["function"] == "co_chair",
            "organisation": seat["organisation"],
            "seat": seat["seat"],
        }

    def _of_seat(self, item: Entry, seat: Entry) -> list[dict[str, Any]]:
        """What a seat said on an item, the superseded first; or that it said nothing."""
        said = [self._voice(item, one) for one in item.get("positions", ()) if one["seat"] == seat["seat"]]
        return said or [self._quiet(item, seat)]

    def _voice(self, item: Entry, said: Entry) -> dict[str, Any]:
        return {
            **self._who(said),
            "answer": self.words("answer", said["answer"]),
            "kind": ANSWERS.get(Answer(said["answer"]), "wait"),
            "reason": said.get("reason", ""),
            "superseded": said.get("superseded", False),
            "at": instant(said["at"]),
            "notes": [note for note in self._notes(item, said) if note],
        }

    def _notes(self, item: Entry, said: Entry) -> Iterable[str]:
        """What else there is to know of a position."""
        if said.get("superseded"):
            yield _("Superseded; it does not count.")
        if "by_alternate" in said:
            stood_in = said["by_alternate"]
            names = {"organisation": stood_in["organisation"], "number": stood_in["membership"]}
            yield _("Taken by an alternate: %(organisation)s, membership %(number)s.") % names
        if "on_paper" in said:
            yield self._on_paper(said["on_paper"])
        if "revision" in said and said["revision"] != item["revision"]:
            yield _("On revision %(number)s.") % {"number": said["revision"]}

    def _on_paper(self, reply: Entry) -> str:
        received_on = day_words(date.fromisoformat(reply["received_on"]))
        if reply["confirmed"]:
            return _("Received on paper or by e-mail on %(day)s; the member has confirmed it.") % {"day": received_on}
        return _("Received on paper or by e-mail on %(day)s; not confirmed by the member yet.") % {"day": received_on}

    def _quiet(self, item: Entry, seat: Entry) -> dict[str, Any]:
        """A seat that did not answer, and what that means."""
        who = self._who(seat)
        consent = item.get("ground") == Basis.SILENCE and not who["co_chair"]
        return {**who, "answer": _("No reply; counts as consent") if consent else _("No reply")}

    # --- The whole --------------------------------------------------------------------------------

    @property
    def sides(self) -> list[dict[str, Any]]:
        """Who sat, by side."""
        return [{"side": side.value, "country": side_name(side), "seats": self._seated(side)} for side in Side]

    def _seated(self, side: str) -> list[dict[str, Any]]:
        return [self._who(seat) for seat in self.said["seats"] if seat["side"] == side]


def sheet(record: DecisionRecord, language: str) -> Sheet:
    """A record to be shown in a language; the caller has made that the current one."""
    return Sheet(record, json.loads(record.json), language)


def _alike(windows: Sequence[Entry]) -> bool:
    """Whether there are windows, and all of them are one."""
    return bool(windows) and all(one == windows[0] for one in windows)


def became(outcome: Outcome, count: int, *, first: bool) -> str:
    """How many items came to an end in one way."""
    texts = {
        Outcome.ADOPTED: (ngettext("%(count)s item adopted", "%(count)s items adopted", count), _("%(count)s adopted")),
        Outcome.SEVERED: (ngettext("%(count)s item severed", "%(count)s items severed", count), _("%(count)s severed")),
        Outcome.WITHDRAWN: (ngettext("%(count)s item withdrawn", "%(count)s items withdrawn", count), _("%(count)s withdrawn")),
        Outcome.DEFERRED: (ngettext("%(count)s item deferred", "%(count)s items deferred", count), _("%(count)s deferred")),
    }
    return texts[outcome][0 if first else 1] % {"count": in_words(count)}


def bound(words: str) -> str:
    """The same words; no line ends between a time and its zone."""
    return TIME.sub("\\1\u00a0\\2", words).replace(" / ", "\u00a0/ ")


def instant(text: str) -> datetime:
    """A moment of a record."""
    return datetime.fromisoformat(text)
