"""Who and where in a document: `Knowledge.recognise`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from communique.knowledge.background import background
from communique.knowledge.casting import Casting
from communique.knowledge.gazetteer import Gazetteer
from communique.knowledge.genders import read_given_names
from communique.knowledge.grammar import Seen, is_subject
from communique.knowledge.page import Page, Tables
from communique.knowledge.people import People
from communique.knowledge.phrases import Description, descriptions, phrases_of, presides
from communique.knowledge.places import locations
from communique.knowledge.project import read_project
from communique.knowledge.pronouns import Pronouns
from communique.knowledge.roster import Draft
from communique.knowledge.scan import Finder, Hit, Scene
from communique.knowledge.settling import Features, Settler, Surroundings, open_countries, settle
from communique.knowledge.tables import (
    Lexicon,
    checker,
    read_areas,
    read_holders,
    read_names,
    read_offices,
    read_roles,
    rows,
)
from communique.knowledge.then import as_of_its_day
from communique.records import Analysis, Cast, Event

_CAPITALS, _SMALL = re.compile(r"[A-Z]"), re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The tables of names, roles and terms, ready to recognise who and where in documents."""

    finder: Finder
    tables: Tables
    gazetteer: Gazetteer
    settler: Settler

    @classmethod
    def load(cls, actors: str | None = None) -> Knowledge:
        """Read and check the tables of the package, and before them a project's own file of actors.

        A wrong row raises KnowledgeError with file and line.
        """
        check = checker()
        names: Lexicon = read_names(check)
        roles = read_roles(check)
        offices = read_offices(check)
        if actors is not None:
            project = read_project(actors)
            names, offices = project.names_before(names), project.offices_before(offices)
        finder = Finder(names, roles)
        people = People(names, read_holders(), offices)
        states = {row["code"]: row["name"] for _, row in rows("states.csv") if row["sector"] == "GOV"}
        tables = Tables(people, states, read_areas(), read_given_names())
        return cls(finder, tables, Gazetteer.load(), Settler.load())

    def recognise(self, analysis: Analysis) -> Cast:
        """Return who and where in the document, resolved as of the day it was published.

        Every member carries its mentions as spans of the document's text, what else was weighed, and
        the reason. What cannot be told apart has no code: nothing is filled in.
        """
        scenes, casting = self._cast(analysis)
        settle(self._around(scenes, casting), casting.roster.drafts(), self.settler)
        text = analysis.document.text
        cast = casting.roster.cast(text)
        return replace(cast, places=locations(analysis, cast, self.gazetteer))

    def as_of_their_days(self, events: Iterable[Event], published: str | None) -> tuple[Event, ...]:
        """Return events with each participant in the office held on the event's own day, where one is told and known."""
        return tuple(as_of_its_day(event, published, self.tables.people) for event in events)

    def open_countries(self, analysis: Analysis) -> list[tuple[Draft, Features]]:
        """Return the members whose own words tell no country, with what speaks for each state of the text."""
        scenes, casting = self._cast(analysis)
        return list(open_countries(self._around(scenes, casting), casting.roster.drafts()))

    def _around(self, scenes: tuple[Scene, ...], casting: Casting) -> Surroundings:
        """Return which states the sentences of a document are about."""
        return Surroundings(scenes, casting.roster.drafts(), casting.ground)

    def _cast(self, analysis: Analysis) -> tuple[tuple[Scene, ...], Casting]:
        """Read a document's names, phrases and pronouns; members may still lack a country."""
        text = analysis.document.text
        shouted = len(_CAPITALS.findall(text[:1000])) > 4 * len(_SMALL.findall(text[:1000]))
        scenes = tuple(
            self.finder.scene(index, sentence, text, shouted)
            for index, sentence in enumerate(analysis.sentences)
        )
        ground = background(analysis.document, scenes, self.finder.place)
        phrases = tuple(phrases_of(scene) for scene in scenes)
        described = tuple(descriptions(s, p) for s, p in zip(scenes, phrases, strict=True))
        casting = Casting(Page(scenes, phrases, described), ground, self.tables, text)
        casting.introduce()
        pronouns = Pronouns(casting, text)
        for scene in scenes:
            _sentence(casting, pronouns, scene)
        pronouns.quoted()
        return scenes, casting


def _sentence(casting: Casting, pronouns: Pronouns, scene: Scene) -> None:
    """Take in one sentence's persons, phrases, names and pronouns, from left to right."""
    described = {d.hit: d for d in casting.page.described[scene.index]}
    phrases = {p.head: p for p in casting.page.phrases[scene.index]}
    titles = {id(p) for d in described.values() for p in d.phrases}
    waiting = pronouns.in_scene(scene)
    pairs = [place for place in waiting if place[1] - place[0] > 1]
    untagged = casting.surnames.untagged(scene, casting.names.short.acronyms)
    for hit in sorted((*scene.hits, *untagged)) if untagged else scene.hits:
        while waiting and waiting[0][0] < hit.first:
            pronouns.refer(scene, *waiting.pop(0))
        if hit in described:
            _person(casting, scene, described[hit])
        elif hit.role and (bearer := casting.surnames.bearing(scene, hit)) is not None:
            _note(casting, scene, (hit.first, hit.last), (bearer,), plural=False)
        elif hit.role:
            phrase = phrases.get(hit)
            paired = any(first < hit.last and hit.first < last for first, last in pairs)
            if phrase is not None and id(phrase) not in titles and not paired:
                last, drafts = casting.bearer(scene, phrase)
                _note(casting, scene, (phrase.first, last), drafts, phrase.role.plural)
        elif hit in untagged:
            _note(casting, scene, (hit.first, hit.last), (untagged[hit],), plural=False)
        elif hit.entries:
            surname = casting.surname(scene, hit)
            drafts = (surname,) if surname else casting.names.name(scene, hit)
            _note(casting, scene, (hit.first, hit.last), drafts, plural=False)
    for rest in waiting:
        pronouns.refer(scene, *rest)


def _person(casting: Casting, scene: Scene, description: Description) -> None:
    draft = casting.person(scene, description)
    hit: Hit = description.hit
    draft.mentions.add(description.span)
    draft.gender = draft.gender or casting.gender(scene, description)
    words = (hit.first, hit.last)
    for phrase in description.phrases:
        if not presides(phrase):
            casting.remember(phrase.role, (draft,))
        if phrase.first >= hit.last:
            draft.mentions.add(scene.span(phrase.first, phrase.last))
        elif phrase.end <= hit.first and not phrase.role.plural:
            words = (phrase.first, hit.last)
    _note(casting, scene, (hit.first, hit.last), (draft,), plural=False)
    seen = casting.seen.pop()
    subject = seen.subject or is_subject(scene, *words)
    casting.seen.append(Seen(scene.index, words[0], hit.last, (draft,), subject, False, seen.quoted))


def _note(
    casting: Casting, scene: Scene, words: tuple[int, int], drafts: tuple[Draft, ...], plural: bool
) -> None:
    """Write down a mention of members at some words of a sentence."""
    if not drafts:
        return
    for draft in drafts:
        draft.mentions.add(scene.span(*words))
        casting.names.short.learn(scene, *words, draft)
    subject = is_subject(scene, *words)
    quoted = casting.ground.quoted(scene.words[words[0]].start) is not None
    casting.seen.append(Seen(scene.index, *words, drafts, subject, plural or len(drafts) > 1, quoted))
