"""From names and phrases to members: one pass through the document, in the order of the text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from communique.knowledge.background import Background
from communique.knowledge.backward import named_before
from communique.knowledge.endings import sector_of
from communique.knowledge.epithets import Epithets
from communique.knowledge.genders import of_name, of_words
from communique.knowledge.grammar import (
    BANDS,
    KIN,
    PERSONAL,
    UNNAMED,
    Seen,
    alone,
    enumerated,
    has_of,
    informs,
    is_one,
    joined_states,
    takes_part,
)
from communique.knowledge.names import key, lone
from communique.knowledge.naming import Naming
from communique.knowledge.nationality import behind, nationality
from communique.knowledge.owners import Owner, complement, owned, strangers
from communique.knowledge.page import Page, Tables
from communique.knowledge.people import Clues, Reading
from communique.knowledge.phrases import (
    LODGED,
    Description,
    Phrase,
    apposed_name,
    befriends,
    citizens,
    describes,
    policing,
    posted,
    predicates,
    region_of,
    sent_to,
    stands_at,
)
from communique.knowledge.roster import BEYOND_STATES, INTERNATIONAL, Draft, Identity, Roster
from communique.knowledge.scan import BEFORE_SURNAMES, Hit, Scene
from communique.knowledge.sectors import sectors_of
from communique.knowledge.surmise import INSTITUTIONAL, SUPPOSED, Surmise, barred
from communique.knowledge.surnames import Surnames
from communique.knowledge.tables import Role

_PRIVATE = frozenset({"SOC", "BUS", "EDU", "JRN", "LAB", "REL", "MED"})
"""Sectors whose presidents are no heads of state."""
HEADLINE = 2
"""Sentences at the beginning that may say Mr. and a surname before the full name."""
_STATE_WORDS = frozenset({"country", "nation", "state", "republic", "kingdom"})
_VAGUE = frozenset(
    "commission department agency ministry mission council assembly house court agents".split()
)
_LOCAL = frozenset({"municipality", "city hall", "town hall", "city council", "local council", "embassy", "consulate",
                    "district court", "court", "jury", "grand jury", "federal court", "criminal court", "committee",
                    "panel", "board", "subcommittee", "intelligence community", "intelligence agency", "state police"})  # fmt: skip
_OFFICES = {"president": ("head of state", "head of government"), "prime minister": ("head of government",),
            "monarch": ("head of state",), "chancellor": ("foreign minister",)}  # fmt: skip

BLAMED = frozenset({"REB", "UAF", "CRM"})
"""Sectors that an outlet's loaded word can give ("the coup plotter X"): they never displace what the tables know."""


class Casting:
    """Resolves the names and phrases of one document."""

    def __init__(self, page: Page, ground: Background, tables: Tables, text: str) -> None:
        self.page = page
        self.ground = ground
        self.roster = Roster()
        self.names = Naming(ground, self.roster, tables.states, text)
        self.seen: list[Seen] = []
        self._people = tables.people
        self._states = tables.states
        self._areas = tables.areas
        self._given = tables.given
        self._full: dict[str, Draft] = {}
        self._nations: dict[str, str | None] = {}
        self.surnames = Surnames()
        self._roles: dict[str, tuple[Draft, ...]] = {}
        self._incumbents: dict[tuple[str, str | None], Draft] = {}
        self._epithets = Epithets()
        self._surmise = Surmise(ground, self.seen, self._roles, tables.areas)
        self._done: dict[tuple[int, int], tuple[Draft, ...]] = {}

    # ------------------------------------------------------------------ persons

    def introduce(self) -> None:
        """Resolve every full name of the document, with all that describes it anywhere, before the pass."""
        described: dict[str, list[tuple[Scene, Description]]] = {}
        for scene, listed in zip(self.page.scenes, self.page.described, strict=True):
            for description in listed:
                name = key(description.hit.person or "")
                if not lone(name) and len(description.hit.person or "") > 4:
                    described.setdefault(name, []).append((scene, description))
        for name in sorted(described, key=lambda n: -n.count(" ")):
            uses = described[name]
            phrases = [(scene, phrase) for scene, d in uses for phrase in d.phrases]
            longer = self._longer(name)
            self._nations[name] = next((n for s, d in uses if (n := nationality(s, d.hit))), None)
            draft = longer or self._person(uses[0][1].hit.person or "", phrases, uses[0])
            self._full[name] = draft
            self._epithets.learn(draft, None, None)
            for scene, phrase in phrases:
                self._epithets.learn(draft, phrase, next(iter(self._explicit(scene, phrase)), None))
        self.surnames.learn(self._full)
        self._part()
        self._done.clear()
        self._roles.clear()
        self._incumbents.clear()

    def _part(self) -> None:
        """Take from persons of one state the description behind their name that is of another: Abe, the Russian president."""
        pages = [
            tuple(self._parted(scene, one) for one in listed)
            for scene, listed in zip(self.page.scenes, self.page.described, strict=True)
        ]
        self.page = replace(self.page, described=tuple(pages))

    def _parted(self, scene: Scene, description: Description) -> Description:
        draft = self._full.get(key(description.hit.person or ""))
        behind = [p for p in description.phrases if p.first >= description.hit.last]
        if draft is None or not draft.canonical or draft.code in {None, *BEYOND_STATES} or not behind:
            return description
        strange = [
            p for p in behind
            if p.role.office in _OFFICES and {o.code for o in self._explicit(scene, p) if o.kind == "state"} - {draft.code}
        ]  # fmt: skip
        return replace(description, phrases=tuple(p for p in description.phrases if p not in strange))

    def _longer(self, name: str) -> Draft | None:
        """Return the person of a longer name in the document that this name shortens."""
        words = name.split()
        for known, draft in self._full.items():
            parts = known.split()
            if len(parts) > len(words) and parts[0] == words[0] and all(w in parts for w in words):
                return draft
        return None

    def _person(
        self, name: str, phrases: list[tuple[Scene, Phrase]], use: tuple[Scene, Description] | None
    ) -> Draft:
        owners = [(phrase, owner) for scene, phrase in phrases for owner in self._explicit(scene, phrase)]
        code = next((o.code for _, o in owners if o.code), None)
        telling = [p for _, p in phrases if p.role.name not in KIN]
        best = next((p for p in telling if p.role.sector), telling[0] if telling else None)
        sector, secondary = self._described_sector(best, [o for p, o in owners if p is best])
        clues = Clues(self.ground.day, self.ground.codes, code, sector, best is not None and best.former)
        reading = self._people.read(name, clues)
        if reading and (reading.certain or reading.code):
            return self._from_table(reading, sector, secondary)
        code = code or self._nations.get(key(name))
        if code is None and best is not None and use is not None:
            code = self._surmise.country(use[0], best)[0] if best.role.sector in INSTITUTIONAL else None
        if code is None and use is not None:
            code, sector = behind(use, sector)
        why = f"description: {best.role.name}" if best else "not in the tables"
        candidates = reading.candidates if reading else ()
        return self.roster.get(
            Draft(
                ("person", key(name), code),
                name,
                "person",
                code,
                sector,
                secondary,
                None,
                None,
                candidates,
                why,
                canonical=" " in key(name),
                barred=frozenset().union(*(barred(scene, phrase) for scene, phrase in phrases)),
            )
        )

    def _from_table(self, reading: Reading, sector: str | None, secondary: tuple[str, ...]) -> Draft:
        """Return the draft of a person of the tables; the description fills in what the tables lack."""
        chosen, second, reason = reading.sector, reading.secondary, reading.reason
        displaced = self.ground.day is None and sector not in {None, chosen} | BLAMED
        undescribed = chosen is None or displaced
        if undescribed and reading.code not in INTERNATIONAL | {None}:
            chosen, second = sector, secondary
            reason += "; sector from the description" if sector else ""
        name = reading.name
        identity = ("person", reading.qid or key(name), None if reading.certain else reading.code)
        draft = Draft(
            identity, name, "person", reading.code, chosen, second, reading.qid, reading.office,
            reading.candidates, reason, canonical=reading.certain,
        )  # fmt: skip
        return self.roster.get(draft)

    def _described_sector(
        self, phrase: Phrase | None, owners: list[Owner]
    ) -> tuple[str | None, tuple[str, ...]]:
        if phrase is None:
            return None, ()
        return sectors_of(phrase, owners[0] if owners else None)

    def _short(self, scene: Scene, name: str, description: Description | None = None) -> Draft | None:
        """Return the person whom a surname alone means: of the document, else of the tables."""
        word = lone(name) or key(name)
        given = {full.split()[0] for full in self._full}
        surname = word not in given
        found = list(
            {id(d): d for full, d in self._full.items() if surname and word in full.split()[-2:]}.values()
        )
        if not found and not surname:
            found = list({id(d): d for full, d in self._full.items() if full.startswith(word + " ")}.values())
        if description is not None:
            found = [draft for draft in found if self._bears(draft, scene, description)]
        if len(found) > 1:
            found = self._likeliest(scene, found)
        if len([d for d in found if d.code]) == 1:
            found = [d for d in found if d.code]
        if len(found) == 1:
            return found[0]
        if found:
            codes = {d.code for d in found}
            sectors = {d.sector for d in found}
            return self.roster.get(
                Draft(
                    ("person", "short", word), name, "person", codes.pop() if len(codes) == 1 else None,
                    sectors.pop() if len(sectors) == 1 else None, (), None, None,
                    tuple(d.name for d in found), "several persons of this name in the document", False,
                )
            )  # fmt: skip
        return None

    def _bears(self, draft: Draft, scene: Scene, description: Description) -> bool:
        """Say whether a surname with its title can be somebody's: of the title's gender, and Ms. Rice was named before."""
        gender = self.gender(scene, description)
        own = draft.gender or of_name(draft.name, self._given)
        if gender and own and own != gender:
            return False
        title = scene.words[description.hit.first - 1].key if description.hit.first else ""
        return bool(draft.mentions) or title not in BEFORE_SURNAMES or scene.index < HEADLINE

    def _likeliest(self, scene: Scene, found: list[Draft]) -> list[Draft]:
        """Return whom of several of one surname the text means: named just before, in the tables, or most often."""
        known = {id(d): d for d in found}
        seen = [(s.scene, d) for s in self.seen for d in s.drafts if id(d) in known]
        near = {id(d): d for at, d in seen if scene.index - at <= 1}
        listed = {id(d): d for d in found if d.canonical}
        often = Counter(id(d) for _, d in seen).most_common(2)
        clear = often and (len(often) == 1 or often[0][1] > often[1][1])
        most = {often[0][0]: known[often[0][0]]} if clear else {}
        return next((list(some.values()) for some in (near, listed, most) if len(some) == 1), found)

    def gender(self, scene: Scene, description: Description) -> str:
        """Return the gender that title, role nouns or given name tell of a person, empty if none does."""
        hit = description.hit
        before = scene.words[hit.first - 1].key if hit.first else ""
        told = (of_words(p.role.name) for p in description.phrases)
        named = of_name(hit.person or "", self._given) or of_words(before)
        return next((gender for gender in told if gender), "") or named

    def surname(self, scene: Scene, hit: Hit) -> Draft | None:
        """Return the person of the document whose surname a name is that the reader took for something else."""
        if hit.how() == "tagged":
            name = hit.entries[0].name
            return self._short(scene, name) if " " not in name else None
        return self.surnames.namesake(scene, hit, self.roster)

    def person(self, scene: Scene, description: Description) -> Draft:
        """Return the draft of a named person."""
        name = description.hit.person or ""
        draft = self._full.get(key(name))
        if draft is None and description.hit.entries and description.hit.entries[0].kind == "person":
            known = self._short(scene, name, description)
            table = description.hit.entries[0].name
            return (
                known
                or self._full.get(key(table))
                or self._person(table, self._with(scene, description), None)
            )
        draft = draft or self._short(scene, name, description)
        if draft is None:
            phrases = self._with(scene, description)
            code = next((o.code for s, p in phrases for o in self._explicit(s, p) if o.code), None)
            clues = Clues(self.ground.day, self.ground.codes, code, None, False)
            word = lone(name)
            reading = (
                self._people.in_office(word, clues) or self._people.in_public(word, clues) if word else None
            )
            draft = (
                self._from_table(reading, None, ())
                if reading
                else self._person(name, phrases, (scene, description))
            )
        return draft

    def _with(self, scene: Scene, description: Description) -> list[tuple[Scene, Phrase]]:
        return [(scene, phrase) for phrase in description.phrases]

    # ------------------------------------------------------------------ phrases

    def _explicit(self, scene: Scene, phrase: Phrase) -> list[Owner]:
        """Return whose the phrase says it is: organisations first, then states, then what its complement is."""
        senders = [hit for hit in citizens(scene, phrase) if not stands_at(phrase, hit)]
        owners = [o for hit in senders for o in self._owners_of(scene, hit)]
        settled = any(o.kind == "state" for o in owners) and phrase.preposition != "of" and not posted(phrase)
        if not settled and describes(phrase) and not sent_to(phrase) and phrase.complement:
            owners += self._complement(scene, phrase)
        owners = strangers(phrase, owners, self._states)
        bodies = [o for o in owners if o.kind in ("organisation", "place") and o.code]
        states = [o for o in owners if o.kind == "state"]
        plain = [o for o in owners if o.kind == "role" or o not in (*bodies, *states)]
        organisations = [o for o in bodies if o.kind == "organisation"]
        chosen = organisations[-1:] or states or bodies[-1:]
        sectored = [o for o in plain if o.sector]
        if chosen and sectored and not organisations:
            return [
                o._replace(sector=sectored[-1].sector, kind="role", name=sectored[-1].name) for o in chosen
            ]
        return chosen or sectored[-1:] or [o for o in plain if o.kind == "organisation"][-1:]

    def _owners_of(self, scene: Scene, hit: Hit) -> list[Owner]:
        if hit.person:
            described = next(d for d in self.page.described[scene.index] if d.hit == hit)
            return [owned(self.person(scene, described))]
        own = next((p for p in self.page.phrases[scene.index] if p.head == hit), None)
        if own is not None:
            return [owned(d) for d in self.phrase(scene, own)]
        if hit.role:
            return [Owner(hit.role.code, hit.role.sector, "role", hit.role.name, "role", hit.role.secondary)]
        entry = self.names.entry(hit)
        if entry is None:
            return []
        sector = sector_of(entry.name) if entry.how == "tagged" else entry.sector
        return [Owner(entry.code, sector, entry.kind, entry.name, f"modifier: {entry.name}", entry.secondary)]

    def _complement(self, scene: Scene, phrase: Phrase) -> list[Owner]:
        if phrase.inner is None:
            assert phrase.complement is not None
            hits = (phrase.complement, *joined_states(scene, phrase.complement))
            owners = [o for hit in hits for o in self._owners_of(scene, hit)]
            return [o._replace(why=f"{phrase.preposition} {o.name}") for o in owners]
        inner = next(p for p in self.page.phrases[scene.index] if p.first == phrase.inner)
        titled = next(
            (d for d in self.page.described[scene.index] if inner in d.phrases and inner.end <= d.hit.first),
            None,
        )
        found = (self.person(scene, titled),) if titled else self.phrase(scene, inner)
        return [complement(d) for d in found]

    def bearer(self, scene: Scene, phrase: Phrase) -> tuple[int, tuple[Draft, ...]]:
        """Return the last word of a phrase and whom it means: the organisation whose name follows, if one does."""
        hit = apposed_name(scene, phrase)
        named = self.names.name(scene, hit) if hit else ()
        if hit is None or not named or named[0].kind != "organisation":
            return phrase.last, self.phrase(scene, phrase)
        draft = named[0]
        if not draft.canonical:
            owner = next((o for o in self._explicit(scene, phrase) if o.code), None)
            draft.code = draft.code or (owner.code if owner else None)
            draft.sector = draft.sector or phrase.role.sector
        return hit.last, named

    def phrase(self, scene: Scene, phrase: Phrase) -> tuple[Draft, ...]:
        """Return the members that a phrase without a person's name means."""
        place = (scene.index, phrase.head.first)
        if place not in self._done:
            self._done[place] = ()
            self._done[place] = self._resolve(scene, phrase)
        return self._done[place]

    def _resolve(self, scene: Scene, phrase: Phrase) -> tuple[Draft, ...]:
        role = phrase.role
        counted = self._epithets.several(scene, phrase, self.seen)
        if counted:
            return counted
        owners = self._explicit(scene, phrase)
        if not owners and phrase.article in _THEIRS:
            antecedent = self._antecedent(scene, phrase)
            if antecedent and antecedent.kind == "person" and role.name in ("office", "staff", "team"):
                return (antecedent,)
            owners = strangers(phrase, [owned(antecedent)], self._states) if antecedent else []
        named = [o for o in owners if o.code]
        before = self._named_before(phrase, owners)
        if before:
            return before
        if not named:
            has_owner = phrase.complement is not None and role.name not in LODGED
            unknown = (phrase.preposition == "" and has_of(scene, phrase)) or has_owner
            code, why = (None, "its owner is not known") if unknown else self._surmise.country(scene, phrase)
            base = owners[0] if owners else Owner(None, None, "role", "", "")
            named = [base._replace(code=role.code or code, why=why)]
        bare = role.kind == "carrier" and not (owners or role.sector) and role.name not in PERSONAL
        acting = role.name in BANDS and not alone(phrase) and takes_part(scene, phrase.first, phrase.last)
        if predicates(scene, phrase) or (bare and not acting):
            return ()
        phrase = policing(scene, phrase)
        if len(named) > 1 and role.plural:
            phrase = phrase._replace(head=phrase.head._replace(role=role._replace(plural=False)))
        drafts = tuple(d for o in named if (d := self._draft(scene, phrase, o)) is not None)
        if role.name in ("political actor", "political force"):
            drafts = self._sides(named) or drafts
        if drafts and not (role.plural and role.name in _STATE_WORDS):
            self.remember(role, drafts)
        return drafts

    def _named_before(self, phrase: Phrase, owners: list[Owner]) -> tuple[Draft, ...]:
        """Return whom "the" and a noun mean that were named before: with a nationality, only one of that state."""
        if phrase.complement is not None or phrase.elsewhere:
            return ()
        if not owners:
            back = named_before(self.seen, phrase)
            return (back,) if back is not None else self._earlier(phrase)
        own = owners[0].code if len(owners) == 1 and owners[0].kind == "state" else None
        back = named_before(self.seen, phrase) if own and phrase.role.kind != "body" else None
        return (back,) if back is not None and back.code == own else ()

    def _sides(self, owners: list[Owner]) -> tuple[Draft, ...]:
        """Return government and opposition of a state, if the text has named both: its political actors."""
        codes = {o.code for o in owners}
        wanted = ("government", "opposition")
        found = {
            d.identity: d for s in self.seen for d in s.drafts if d.identity[1] in wanted and d.code in codes
        }
        return tuple(found.values()) if len(found) == 2 else ()

    def _antecedent(self, scene: Scene, phrase: Phrase) -> Draft | None:
        """Return whose a possessive pronoun is: the nearest person or collective before it in the sentence."""
        kinds = ("person",) if phrase.article in ("his", "her") else ("group", "organisation", "state")
        kinds = ("person", *kinds) if phrase.article == "whose" else kinds
        for seen in reversed(self.seen):
            if seen.scene < scene.index - 1:
                return None
            fitting = [d for d in seen.drafts if d.kind in kinds]
            if fitting and phrase.article == "their" and enumerated(scene, seen):
                return None
            if fitting and (seen.scene < scene.index or seen.last <= phrase.first):
                return fitting[0] if len(fitting) == 1 else None
        return None

    def remember(self, role: Role, drafts: tuple[Draft, ...]) -> None:
        """Keep whom a role last meant, for "the president" and "the spokesman" after it."""
        if role.office in _OFFICES and any(d.canonical and d.sector in _PRIVATE for d in drafts):
            return
        names = {role.name, role.office or role.name}
        if role.kind == "title" and all(d.kind == "person" for d in drafts):
            names.add(role.name.rpartition(" ")[2])
        for name in names:
            self._roles[name] = drafts
        if role.office and len(drafts) == 1 and drafts[0].kind == "person" and drafts[0].canonical:
            self._incumbents[role.office, drafts[0].code] = drafts[0]
            if role.office in _OFFICES:
                self._incumbents["leader", drafts[0].code] = drafts[0]

    def _earlier(self, phrase: Phrase) -> tuple[Draft, ...]:
        role = phrase.role
        if phrase.former or phrase.article in ("a",) or (role.kind == "group" and role.sector == "CVL"):
            return ()
        if phrase.article != "the" and (role.kind != "body" or role.name in _STATE_WORDS):
            return ()
        if role.name in _STATE_WORDS:
            return self._last_state(phrase) if not role.plural else ()
        american = role.name == "administration" and "USA" in self.ground.codes
        office = role.name if american else role.office or role.name
        found = self._roles.get(role.name) or self._roles.get(office) or ()
        if role.plural and found and all(d.kind == "person" for d in found):
            return ()
        codes = (self.ground.main, found[0].code if len(found) == 1 else None)
        held = (self._incumbents.get((role.office, code)) for code in codes if role.office in _OFFICES)
        own = next((draft for draft in held if draft is not None and not role.plural), None)
        return (own,) if own is not None and own.mentions and found else found

    def _last_state(self, phrase: Phrase) -> tuple[Draft, ...]:
        """Return the state that `the country` means: of the named area, the main one, or the last."""
        scene = self.page.scenes[phrase.scene]
        words = " ".join(w.key for w in scene.words[phrase.first : phrase.head.first])
        area = next((codes for name, codes in self._areas.items() if words.endswith(name)), None)
        near = [s for s in self.seen if area or scene.index - s.scene <= 2]
        found = [
            (s, d) for s in near for d in s.drafts if d.kind == "state" and (area is None or d.code in area)
        ]
        that = scene.words[phrase.first].key == "that"
        main = [d for _, d in found if d.code == self.ground.main and area is None and not that]
        before = [d for s, d in found if s.subject and area is None and s.scene == scene.index - 1]
        last = tuple(((before if not that else []) or main or [d for _, d in found])[-1:])
        if not last and area is None and not that and self.ground.main in self._states:
            return (self.names.state(self.ground.main or ""),)
        return last

    def _draft(self, scene: Scene, phrase: Phrase, owner: Owner) -> Draft | None:
        role = phrase.role
        code = owner.code
        sector, secondary = sectors_of(phrase, owner)
        state = self._states.get(code or "", "")
        if role.name in _STATE_WORDS:
            if role.plural and role.name in ("country", "nation"):
                apart = any(w.key in APART for w in scene.words[phrase.first : phrase.head.first])
                which = f"others {scene.index}" if apart else "several"
                return self._countries(role.name, code if code in INTERNATIONAL else None, which)
            return self.names.state(code) if code and state and owner.kind == "state" else None
        party = owner.kind in ("organisation", "role") and owner.sector == "PTY" and role.kind == "body"
        if (role.name in _VAGUE and not state) or party:
            return None
        holder = self._office_holder(phrase, owner) or self._epithets.person(scene, phrase, owner, self.seen)
        if holder:
            return holder
        reason = f"role: {role.name}; {owner.why}" if code else f"role: {role.name}; country not known"
        opposing = role.office == "opposition" and sector == "OPP"
        opposing = opposing or (role.name == "leadership" and owner.kind == "state")
        if (role.kind == "body" or opposing) and not phrase.former:
            label = "government" if role.name == "leadership" else role.office or role.name
            name = f"{label.capitalize()} of {state}" if state else label
            region = region_of(phrase)
            alone = scene.token(phrase.head.last - 1).relation != "compound"
            formed = (phrase.article == "a" and alone) or (
                not role.office and role.name.endswith(" government")
            )
            local = bool(region) or role.name in _VAGUE | _LOCAL or formed
            identity: Identity = ("body", label, code, sector, region)
            return self.roster.get(
                Draft(
                    identity,
                    name,
                    "organisation",
                    code,
                    sector,
                    secondary,
                    reason=reason,
                    canonical=bool(state) and not local,
                    elsewhere=role.name in LODGED,
                    barred=barred(scene, phrase),
                )
            )
        person = role.kind == "title" or (role.kind in ("group", "carrier") and is_one(role))
        kind = "person" if person and not role.plural else "group"
        label = role.name
        many = "many" if role.plural else ""
        identity = ("role", label, code, sector, owner.name * (owner.kind == "organisation"), many)
        draft = Draft(
            identity, role.name, kind, code, sector, secondary, reason=reason, canonical=False,
            elsewhere=phrase.elsewhere or role.name in UNNAMED or befriends(phrase) or informs(scene, phrase), supposed=owner.why in SUPPOSED,
            barred=barred(scene, phrase),
        )  # fmt: skip
        return self.roster.get(draft)

    def _countries(self, word: str, code: str | None, which: str) -> Draft:
        """Return several countries that the text does not name, one member by what is said of which: EU nations."""
        several = Draft(
            ("role", word, code, "GOV", which), word, "group", code, "GOV",
            reason="several countries, not named", canonical=False, elsewhere=True,
        )  # fmt: skip
        return self.roster.get(several)

    def _office_holder(self, phrase: Phrase, owner: Owner) -> Draft | None:
        """Return the person who held the office that the phrase names, on the document's day."""
        role = phrase.role
        wanted = (role.kind == "title" or role.name == "leader") and not role.plural
        if (
            not wanted
            or phrase.former
            or not owner.code
            or owner.kind not in ("state", "role")
            or phrase.article == "a"
        ):
            return None
        incumbent = self._incumbents.get((role.office or role.name, owner.code))
        if incumbent is not None or role.name == "leader":
            return incumbent
        german = role.office == "chancellor" and owner.code in ("DEU", "AUT")
        for office in _OFFICES["prime minister"] if german else _OFFICES.get(role.office, (role.office,)):
            holder = self._people.holder(owner.code, office, self.ground.day) if office else None
            draft = self._of_name(holder.person, role, owner) if holder else None
            if draft is not None:
                return draft
        titled = self._people.titled(owner.code, role.name, self.ground.day)
        return self._of_name(titled, role, owner) if titled else None

    def _of_name(self, name: str, role: Role, owner: Owner) -> Draft | None:
        """Return the person of the tables who has an office on the document's day."""
        reading = self._people.read(name, Clues(self.ground.day, self.ground.codes, owner.code, None, False))
        if reading is None or not reading.certain:
            return None
        why = f"role: {role.name} of {self._states.get(owner.code or '', owner.code)} on {self.ground.day}"
        return self._from_table(reading._replace(reason=why), None, ())


APART = frozenset({"other", "others", "another", "more", "further", "additional"})
"""Words for those who are not among those told of before."""
_THEIRS = frozenset({"his", "her", "their", "its", "whose"})
