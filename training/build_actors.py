"""Build the large actor tables of `communique.knowledge` from the public facts in ../shared/data/actors.

    python -m training.build_actors [FACTS] [OUT]

Reads the officials, leaders, legislators, parties, armed groups, organisations and dictionary files
described in FACTS/SOURCES.md, corrects their known faults (`CORRECTIONS`), gives every row its PLOVER
country and sector, and writes five gzip-compressed CSV files into the package's data folder:

    holders.csv.gz   one row a term of office, sorted by the normalised name
    offices.csv.gz   who held a single-holder office of a state, without overlaps
    groups.csv.gz    parties, armed groups, companies, NGOs
    igos.csv.gz      international organisations (names under CC BY-SA 4.0)
    places.csv.gz    cities and regions with their state

The hand-written tables (states, people, terms, organisations, roles) are not touched; `people.csv` and `terms.csv`
are read, because their terms take precedence over those of the sources.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from communique.knowledge.dictionary import cameo
from communique.knowledge.names import key
from communique.knowledge.tables import checker, read_titles, split
from training.spells import Spell, disjoint

Row = dict[str, str]

FOLDED = cameo("country")
"""Dependencies and former or variant codes, and the state whose code stands for them in PLOVER."""
CAMEO_SECTORS = cameo("sector")
"""The sector codes of the Phoenix dictionaries (CAMEO) and PLOVER's for the same thing."""

SECTOR_WORDS: tuple[tuple[str, str], ...] = (
    (r"\b(speaker|senat|parliament|deput(y|ies) of|member of the|national assembly|congress|knesset)", "LEG"),
    (r"\b(supreme court|constitutional court|judge|justice of|court of)\b", "JUD"),
    (
        r"\b(chief of the (general|defen[cs]e) staff|chief of (the )?(general|army|defen[cs]e)|commander)",
        "MIL",
    ),
    (r"\b(intelligence (service|agency)|secret service)", "SPY"),
    (r"\b(police)", "COP"),
)
"""Words of an office that name its sector; everything else in the officials table is government."""

MINOR = (
    r"spokes|deputy|\bdep\.|^vice|former|shadow|assistant|associate|junior|parliamentary|under-?secretary|minister of state"
    r"|min\. of state|delegate|min\. del|state secretary|\bchief|ambassador|permanent rep|cabinet of|military cabinet"
    r"|social security|food security|foreign trade and|^minister (of|for) foreign (trade|investment|aid)|civil defen"
    r"|abkhaz|donetsk|luhansk|nagorno|karabakh|northern cyprus|kurdist|tibetan|cantabria|guernsey|ossetia|crimea"
    r"|defen[cs]e (procurement|materiel|equipment|personnel|people|science|and space)|regional|governor|mayor"
)
"""Titles of these words are not the ministers themselves, or not those of a state."""
LEADING = r"^(federal |union |cabinet |first |\w+ian |\w+i )?(minist|min\.|secretary|foreign|defen[cs]e|interior|home )"
"""How the title of a minister begins."""
OFFICE_WORDS: tuple[tuple[str, str], ...] = (
    (r"foreign (affairs|min|and|relations|service|secretary)|external (affairs|relations)|relaciones exteriores|foreign, c"
     r"|european and foreign|international relations and coop|^secretary of state of the united states", "foreign minister"),
    (r"defen[cs]e|armed forces|department of war", "defence minister"),
    (r"\binterior\b|internal (affairs|administration)|home (affairs|department|min|secretary)|internal security",
     "interior minister"),
    (r"\bfinance|treasury|economy and|of economy", "finance minister"),
)  # fmt: skip
"""Patterns over the lower-cased title of a minister, first match wins."""
TOP_WORDS: tuple[tuple[str, str], ...] = (
    (r"^(vice[- ]president|executive vice president|first vice president|deputy president)\b", "vice president"),
    (r"^prime minister(,? (of )?(the )?[\w .'-]+)?$|^(federal chancellor|chancellor of (germany|austria))", "head of government"),
    (r"^(president|speaker|chair(man|person)?) of (the )?(.* )?(national assembly|parliament|house of commons|"
     r"congress of deputies|state duma|knesset|house of representatives)\b", "speaker"),
)  # fmt: skip
"""Patterns over other lower-cased titles, first match wins; an office that none names is the empty string."""

TITLES: dict[tuple[str, str], str] = {
    ("", "head of state"): "Head of state", ("", "head of government"): "Head of government",
    ("", "foreign minister"): "Minister of Foreign Affairs", ("", "defence minister"): "Minister of Defence",
    ("", "interior minister"): "Minister of the Interior", ("USA", "foreign minister"): "Secretary of State",
    ("USA", "defence minister"): "Secretary of Defense", ("USA", "interior minister"): "Secretary of the Interior",
    ("GBR", "foreign minister"): "Foreign Secretary", ("GBR", "defence minister"): "Defence Secretary",
    ("GBR", "interior minister"): "Home Secretary",
    ("BRA", "interior minister"): "Minister of Justice", ("CHN", "interior minister"): "Minister of Public Security",
    ("VNM", "interior minister"): "Minister of Public Security", ("IND", "interior minister"): "Minister of Home Affairs",
    ("AUS", "interior minister"): "Minister for Home Affairs", ("ZAF", "interior minister"): "Minister of Home Affairs",
    ("CHE", "interior minister"): "Head of the Department of Home Affairs",
    ("JPN", "interior minister"): "Minister for Internal Affairs and Communications",
    ("CAN", "interior minister"): "Minister of Public Safety", ("CRI", "interior minister"): "Minister of Public Security",
    ("JAM", "interior minister"): "Minister of National Security",
    ("TTO", "interior minister"): "Minister of National Security",
    ("BOL", "interior minister"): "Minister of Government", ("PAN", "interior minister"): "Minister of Government",
    ("MAR", "defence minister"): "Minister Delegate for National Defence",
    ("NZL", "interior minister"): "Minister of Internal Affairs", ("MYS", "interior minister"): "Minister of Home Affairs",
}  # fmt: skip
"""What the holder of a hand-written term is called, by state and office; the blank state is all others."""
REALMS = ("Elizabeth II", "Charles III")
"""Heads of state of several states."""

CORRECTIONS: tuple[tuple[str, str, str, str], ...] = (
    # (source begins with, person, field, new value or "drop"); the reasons stand in data/SOURCES.md
    ("Wikidata via", "Juan Guaidó", "drop", ""),
    ("Wikidata via", "Luis Alberto Arce Catacora", "end", "2025-11-08"),
    ("Wikidata via", "Nicolás Maduro", "end", "2026-01-05"),
    ("every-politician-scrapers/ireland-ministers/sources/whogov", "", "drop", ""),
    ("factbook", "Juan Morales", "drop", ""),
    ("factbook", "Charles III", "drop", ""),
    ("Wikidata via", "Isabel II do Reino Unido", "drop", ""),
    ("Wikidata via", "Carlos III do Reino Unido", "drop", ""),
)


def read(path: Path) -> Iterator[Row]:
    """Yield the rows of a CSV file, compressed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write rows, sorted and without repeats, so that the same facts give the same file byte for byte.

    The order is that of the lines' bytes as far as the first comma, by which `Holders.find` searches: `juan carlos i,`
    goes before `juan carlos,`.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    distinct: set[tuple[str, ...]] = set(rows)
    writer.writerows(sorted(distinct, key=_as_bytes))
    path.write_bytes(gzip.compress(buffer.getvalue().encode(), 9, mtime=0))


def _as_bytes(row: tuple[str, ...]) -> tuple[str, ...]:
    return (row[0] + ",", *row[1:])


def corrected(row: Row) -> Row | None:
    """Apply `CORRECTIONS` to a row; None when it is to be left out."""
    for source, person, field, value in CORRECTIONS:
        if row["source"].startswith(source) and person in ("", row["person"]):
            if field == "drop":
                return None
            if not row[field]:
                row = {**row, field: value}
    return row


def office_of(title: str, country: str) -> str:
    """Return the single-holder office of a state that a title names, or the empty string."""
    lowered = (
        title.lower()
        .removeprefix("[folder] ")
        .replace("portfolio: ", "of ")
        .replace("minister, of", "minister of")
    )
    if country == "GBR":
        lowered = lowered.split(",")[0] if "foreign, c" not in lowered else lowered
        if lowered.startswith("minister"):
            return ""
    elif (
        lowered.startswith(("secretary of state for", "secretary of state of", "sec. of state"))
        and country != "USA"
    ):
        return ""
    for pattern, office in TOP_WORDS:
        if re.search(pattern, lowered):
            return office
    if re.search(MINOR, lowered) or not re.search(LEADING, lowered):
        return "" if "chancellor of the exchequer" not in lowered else "finance minister"
    return next((office for pattern, office in OFFICE_WORDS if re.search(pattern, lowered)), "")


def sector_of(title: str, default: str) -> str:
    """Return the PLOVER sector of an office title."""
    lowered = title.lower()
    if lowered.startswith("minister"):
        return "GOV"
    return next((sector for pattern, sector in SECTOR_WORDS if re.search(pattern, lowered)), default)


Term = tuple[str, str, str, str, str, str, str, str, str, str]
"""key, person, qid, country, sector, office, title, start, end, asof."""


def latin(name: str) -> bool:
    """Say whether a name can occur in English text, and is a name rather than an id or one word."""
    return bool(re.match(r"^[^\W\d_]", name)) and name[0].isascii() | (name[0] < "ɐ") and " " in name


def terms(facts: Path) -> Iterator[Term]:
    """Yield every term of officials, leaders and legislators, corrected and coded."""
    for row in read(facts / "officials.csv.gz"):
        fixed = corrected(row)
        if (
            fixed
            and fixed["country_iso3"]
            and latin(fixed["person"])
            and "First Lady" not in fixed["position"]
        ):
            yield _term(
                fixed,
                fixed["position"],
                sector_of(fixed["position"], "GOV"),
                office_of(fixed["position"], FOLDED.get(fixed["country_iso3"], fixed["country_iso3"])),
            )
    for row in read(facts / "leaders.csv.gz"):
        fixed = corrected(row)
        if fixed and fixed["country_iso3"] not in ("", *FOLDED) and latin(fixed["person"]):
            if fixed["source"].startswith("Wikidata"):
                yield _term(fixed, fixed["role"].capitalize(), "GOV", fixed["role"])
            elif fixed["source"].startswith("factbook"):
                yield _term(fixed, fixed["role"].split(" [")[0], "GOV", _factbook_office(fixed["role"]))
    yield from legislators(facts)


def _factbook_office(role: str) -> str:
    title, _, part = role.partition(" [")
    if "Vice" in title and "President" in title:
        return "vice president" if title in ("Vice President", "Executive Vice President") else ""
    if re.search(r"Deputy|Vice|Governor|Commissioner|Administrator|not stated", title):
        return ""
    return "head of state" if part.startswith("chief of state") else "head of government"


def _term(row: Row, title: str, sector: str, office: str) -> Term:
    country = FOLDED.get(row["country_iso3"], row["country_iso3"])
    asof = row.get("last_seen") or row["asof"]
    person = row["person"].strip().replace('"', "")
    return (
        key(person), person, row["person_qid"], country, sector, office, title.replace("[folder] ", "")[:60],
        row["start"], row["end"], asof,
    )  # fmt: skip


def legislators(facts: Path) -> Iterator[Term]:
    """Yield one term for each legislator and country: from the first start to the last known end."""
    found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in read(facts / "legislators.csv.gz"):
        if row["country_iso3"] and latin(row["person"]) and "substitute" not in row["position"].lower():
            found[row["person"], row["person_qid"], row["country_iso3"]].append(row)
    for rows in found.values():
        starts = [row["start"] for row in rows if row["start"]]
        open_ended = any(not row["end"] for row in rows)
        end = "" if open_ended else max(row["end"] for row in rows)
        if starts and (open_ended or end >= "2000"):
            merged = {**rows[0], "start": min(starts), "end": end}
            title = "Senator" if "senat" in rows[-1]["position"].lower() else "Member of parliament"
            yield _term(merged, title, "LEG", "")


Offices = dict[tuple[str, str], list[Spell]]
"""The spells of each office: state and office."""


def offices(all_terms: Iterable[Term], own: list[Row], people: Path) -> Offices:
    """Return who held each single-holder office, without overlaps; hand-written terms win."""
    held: Offices = defaultdict(list)
    titles = read_titles()
    for row in read(people):
        named = titles.of(row["office"], row["code"])
        for office in named or ((office_of(row["office"], row["code"]),) if row["sector"] == "GOV" else ()):
            if office and row["start"]:
                held[row["code"], office].append(_spell(row | {"person": row["name"], "asof": ""}, 0))
    for row in own:
        held[row["code"], row["office"]].append(_spell(row, 1))
    for _, person, qid, country, _, office, _, start, end, asof in all_terms:
        if office and start and start >= "1945":
            spell = Spell(start, end, person, qid, asof, 3, frozenset({key(person)}))
            held[country, office].append(spell)
    for country, office in list(held):
        if office == "head of state" and "head of government" in titles.of("President", country):
            held[country, "head of government"] += _presidents(held[country, office])
    return {place: disjoint(spells) for place, spells in held.items()}


def _presidents(spells: list[Spell]) -> list[Spell]:
    """Return heads of state who lead the government too: before the sources, behind what is written by hand."""
    return [replace(spell, rank=2) for spell in disjoint(spells)]


def _spell(row: Row, rank: int) -> Spell:
    names = frozenset(key(name) for name in (row["person"], *split(row["aliases"])))
    return Spell(row["start"], row["end"], row["person"], row["qid"], row["asof"], rank, names)


Ids = dict[tuple[str, str], set[str]]
"""The ids that the sources give a name in a state."""


def ids_of(all_terms: Iterable[Term]) -> Ids:
    """Collect the ids of each name in each state."""
    ids: Ids = defaultdict(set)
    for name, _, qid, country, *_ in all_terms:
        if qid:
            ids[country, name].add(qid)
    return ids


def identified(all_terms: Iterable[Term], ids: Ids) -> list[Term]:
    """Give the terms without id the one id that the sources have for this name in this state's government."""
    found = []
    for term in all_terms:
        known = ids.get((term[3], term[0]), set())
        lacking = not term[2] and term[4] == "GOV" and len(known) == 1
        found.append((*term[:2], next(iter(known)), *term[3:]) if lacking else term)
    return sorted(set(found))


def own_terms(path: Path, ids: Ids) -> list[Row]:
    """Return the hand-written terms, with the id that the sources give the person's name in that state."""
    rows = []
    for row in read(path):
        names = {key(name) for name in (row["person"], *split(row["aliases"]))}
        known = {qid for name in names for qid in ids.get((row["code"], name), ())}
        rows.append(row | {"qid": known.pop() if len(known) == 1 else ""})
    return rows


def listed(own: Iterable[Row]) -> Iterator[Term]:
    """Yield the hand-written terms as office-holders, one for each name of two words or more.

    Who is head of state of several states is listed under the one that is theirs: the British monarch of the
    realms, the French president of Andorra.
    """
    for row in own:
        abroad = row["code"] == "AND" or (row["person"] in REALMS and row["code"] != "GBR")
        if row["office"] == "head of state" and abroad:
            continue
        title = TITLES.get((row["code"], row["office"]), TITLES["", row["office"]])
        for name in (row["person"], *split(row["aliases"])):
            if " " in name:
                yield (
                    key(name), row["person"], row["qid"], row["code"], "GOV", row["office"], title, row["start"],
                    row["end"], row["asof"],
                )  # fmt: skip


def closed(all_terms: Iterable[Term], held: Offices) -> Iterator[Term]:
    """Yield the terms, an open one with the end that the table of offices has for that person."""
    for term in all_terms:
        name, _, qid, country, _, office, _, start, end, _ = term
        if office and start and not end:
            same = Spell(start, "", term[1], qid, "", 3, frozenset({name}))
            later = [s for s in held.get((country, office), ()) if s.same(same) and s.until > start]
            end = min((s.end for s in later if s.end), default="") if all(s.end for s in later) else ""
        yield (*term[:8], end, term[9])


Group = tuple[str, str, str, str, str, str, str, str]
"""name, aliases, qid, code, sector, secondary, start, end."""


def groups(facts: Path) -> Iterator[Group]:
    """Yield parties, armed groups, companies and NGOs."""
    for row in read(facts / "parties.csv"):
        if row["qid"] and " " in row["name"].removeprefix("The "):
            names = _aliases([*row["name"].split(" / ")[1:], *row["aliases"].split("|")], row["name"])
            country = FOLDED.get(row["country_iso3"], row["country_iso3"])
            yield row["name"].split(" / ")[0], names, row["qid"], country, "PTY", "", "", ""
    for row in read(facts / "armed_groups.csv"):
        found = re.search(r"\[([A-Z]{3})REB[A-Z]*\]", row["source"])
        if found and row["country_iso3"] and " " in row["name"] and len(row["name"]) > 9:
            code = FOLDED.get(row["country_iso3"], row["country_iso3"])
            yield _title(row["name"]), "", "", code, "REB", "", "", ""
    yield from phoenix(facts)


def igos(facts: Path) -> Iterator[Group]:
    """Yield international organisations; their names come from a list under CC BY-SA 4.0 and stay apart."""
    for row in read(facts / "igos.csv"):
        if " " in row["name"] and "Nations" not in row["name"]:
            code = "EUR" if "European Union" in row["name"] + row["aliases"] else "IGO"
            yield (
                row["name"],
                _aliases(row["aliases"].split("|")[:2], row["name"]),
                row["qid"],
                code,
                "",
                "",
                "",
                "",
            )


def _aliases(names: list[str], name: str) -> str:
    """Join the other names that English or Spanish text can hold: long enough to be no common word."""
    good = [n for n in names if re.fullmatch(r"[A-Za-zÀ-ſ'’.\- ]+", n) and " " in n.strip() and len(n) > 9]
    return "|".join(dict.fromkeys(n.strip() for n in good if n != name))


def _title(name: str) -> str:
    small = {"OF", "THE", "AND", "FOR", "IN", "DE", "LA", "DEL", "DES", "DU", "AL"}
    words = [w.lower() if w in small and i else w.capitalize() for i, w in enumerate(name.split())]
    return " ".join(words)


def phoenix(facts: Path) -> Iterator[Group]:
    """Yield companies and NGOs of the Phoenix dictionaries, their CAMEO sectors turned into PLOVER's."""
    for row in read(facts / "phoenix_actors.csv.gz"):
        name, code = row["name"], row["code"]
        if row["start"] or row["end"] or " " not in name or len(name) < 9 or code[:3] not in ("MNC", "NGO"):
            continue
        sectors = [
            CAMEO_SECTORS[code[i : i + 3]] for i in range(3, len(code), 3) if code[i : i + 3] in CAMEO_SECTORS
        ]
        sector = "" if code[:3] == "MNC" else next((s for s in sectors if s), "")
        yield _title(name), "", "", code[:3], sector, "", "", ""


def places(facts: Path) -> Iterator[tuple[str, str]]:
    """Yield cities and regions of the Phoenix countries file: rows that carry a state's bare code."""
    codes = checker().codes
    for row in read(facts / "phoenix_actors.csv.gz"):
        bare = len(row["code"]) == 3 and not row["start"] and not row["end"]
        named = 4 <= len(row["name"]) <= 30 and not row["name"].startswith("THE ")
        code = FOLDED.get(row["code"], row["code"])
        if bare and named and code in codes and row["file"].startswith("Phoenix.Countries"):
            yield _title(row["name"]), code


def main(facts: Path, out: Path) -> None:
    """Write the five tables."""
    plain = sorted(set(terms(facts)))
    ids = ids_of(plain)
    all_terms = identified(plain, ids)
    own = own_terms(out / "terms.csv", ids)
    held = offices(all_terms, own, out / "people.csv")
    columns = ("key", "person", "qid", "code", "sector", "office", "title", "start", "end", "asof")
    write(out / "holders.csv.gz", columns, [*closed(all_terms, held), *listed(own)])
    spells = (
        (*place, s.person, s.qid, s.start, s.end, s.asof) for place, found in held.items() for s in found
    )
    write(out / "offices.csv.gz", ("code", "office", "person", "qid", "start", "end", "asof"), spells)
    group = ("name", "aliases", "qid", "code", "sector", "secondary", "start", "end")
    write(out / "groups.csv.gz", group, groups(facts))
    write(out / "igos.csv.gz", group, igos(facts))
    write(out / "places.csv.gz", ("name", "code"), places(facts))
    for name in ("holders", "offices", "groups", "igos", "places"):
        path = out / f"{name}.csv.gz"
        print(f"{path.name}: {sum(1 for _ in read(path))} rows, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    arguments = [Path(a) for a in sys.argv[1:]]
    home = Path(__file__).parent.parent
    main(
        arguments[0] if arguments else home.parent / "shared/data/actors",
        arguments[1] if len(arguments) > 1 else home / "src/communique/knowledge/data",
    )
