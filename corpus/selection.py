"""Chooses the documents of the corpus, their split, and the batches for coders. Seeded: same data, same lists.

    python -m corpus.selection

Writes `lists/documents.txt` and `lists/batches.json`. The lists are committed; run it again only to start a
new corpus, because annotations follow the lists.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from corpus import texts
from corpus.texts import SourceDocument

SEED = 20170914
WANTED = {"world_news": 240, "latin_america_news": 70, "polnear_train": 50, "muc4_train": 40}
LENGTHS = {
    "world_news": (1500, 7000),
    "latin_america_news": (1200, 5000),
    "polnear_train": (900, 3600),
    "muc4_train": (700, 2900),
}
DEV = {"world_news": 58, "latin_america_news": 17, "polnear_train": 12, "muc4_train": 10, "news": 3}
DOUBLE = {"world_news": (16, 10), "latin_america_news": (5, 3), "polnear_train": (4, 2), "muc4_train": (3, 2)}
"""Documents coded twice, of dev and of train: most are dev, so that what is measured on is seen by two."""
PREFERRED = 6000
CLUSTERS, CLUSTER_SIZE = 12, (3, 5)
SAME_HAPPENING = 0.15
"""Cosine of rare words from which two articles within two days tell the same story: by reading the titles of
60 pairs in steps from 0.6 down, most above it did; from 0.14 down many share only the theatre."""
MAY_BE_SAME, MAY_BE_SAME_UNDATED = 0.12, 0.2
"""Chosen articles this alike within four days, or without a date, are kept in one split."""
SAME_TEXT = 0.85
MOVED = {"DEV-MUC3-0696": "dev"}
"""Splits corrected after the choice: this record repeats a third of a speech that dev has as DEV-MUC3-0694, with
openings too different for `likeness`; `corpus.check` found it."""
BATCH_SIZE, BATCH_CHARACTERS = 15, 54000

OPINION_OUTLETS = re.compile(
    r"flip side|guest writer|hanson|spectator|hotair|kos|federation of|editorial|opinion|salon|slate|vanity|"
    r"economist|townhall|national review|reason|vox|jacobin|american thinker|cato|heritage|brookings|"
    r"washington monthly|factcheck|snopes|politifact|allsides|quillette|intercept|mother jones|lowry|investor|atlantic|infowars|magazine|wired",
    re.IGNORECASE,
)
OPINION_WORDS = re.compile(
    r"opinion|analysis|commentary|^(why|how|what|should|is|are|can|do|does|will|who|five|ten|\d+)\b|\?$|editorial|"
    r"things to know|explained|fact check|timeline|q&a|live updates|transcript|video:",
    re.IGNORECASE,
)
REPORTS = re.compile(r"\b(said|says|told|announced|according to|reported|tweeted|statement)\b", re.IGNORECASE)
FIRST_PERSON = re.compile(r"\b(I|my|I'm|I’m|we|our|us)\b")
QUOTED = re.compile(r"[\"“][^\"”]{0,600}[\"”]")
LEFTOVERS = re.compile(
    r"media playback|sign up|newsletter|advertisement|subscribe|click here|story continues|getty",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z][a-z]{2,}")
REGIONS = {
    "korea": "north korea|south korea|pyongyang|seoul|kim jong",
    "iran": "iran|tehran|rouhani|zarif",
    "israel": "israel|palestin|gaza|hamas|netanyahu",
    "syria-iraq": "syria|iraq|isis|islamic state|assad|kurd|mosul|aleppo",
    "gulf-egypt": "saudi|yemen|qatar|egypt|libya|lebanon|houthi|hezbollah|tunisia|jordan",
    "russia-ukraine": "russia|ukrain|putin|kremlin|moscow|crimea|kiev",
    "south-asia": "afghan|pakistan|india|kashmir|taliban|bangladesh|sri lanka|nepal|myanmar|rohingya",
    "china-pacific": "china|chinese|beijing|hong kong|taiwan|japan|philippin|vietnam|australia|indonesia|thai",
    "africa": "nigeria|boko haram|somali|kenya|sudan|mali|congo|africa|ethiopia|zimbabwe|uganda|burundi|cameroon",
    "latin-america": "venezuel|mexic|cuba|colombia|brazil|bolivia|honduras|nicaragua|guatemala|haiti|argentin",
    "europe": "brexit|european union|britain|british|france|french|german|merkel|greece|italy|spain|catalan|turkey|"
    "erdogan|nato|brussels|poland|hungary|belgium|sweden|scotland|ireland",
}
US_SHARE = 0.10
"""At most this share of world_news may be about the United States alone: the domain is international."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document with what the choice is spread over."""

    document: SourceDocument
    day: int | None
    strata: tuple[str, ...]
    weights: dict[str, float]


def reads_as_news(document: SourceDocument) -> bool:
    """Say whether an article reports, by outlet, address, title, and words that attribute."""
    if OPINION_OUTLETS.search(document.outlet or "") or OPINION_WORDS.search(document.title or ""):
        return False
    if re.search(r"opinion|/blog|column|editorial|commentary|analysis", document.url or ""):
        return False
    own_words = QUOTED.sub(" ", document.text)
    thousands = len(own_words) / 1000
    if len(LEFTOVERS.findall(document.text)) > 2 or "\n" not in document.text:
        return False
    return (
        len(REPORTS.findall(own_words)) >= 1.5 * thousands
        and len(FIRST_PERSON.findall(own_words)) <= thousands
    )


def region(document: SourceDocument) -> str:
    """Return the region that the title and the first lines name most, or `usa`."""
    head = f"{document.title or ''} {document.title or ''} {document.text[:900]}".casefold()
    counts = {name: len(re.findall(pattern, head)) for name, pattern in REGIONS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else "usa"


def _day(document: SourceDocument) -> int | None:
    return (
        date.fromisoformat(document.date).toordinal() if document.date and len(document.date) == 10 else None
    )


def _strata(document: SourceDocument) -> tuple[str, ...]:
    if document.source == "muc4_train":
        return (
            document.id[:8],
            "attack" if re.search(r"KILL|BOMB|KIDNAP|ATTACK|MURDER", document.text) else "quiet",
        )
    words = Counter(WORD.findall(document.text))
    place = region(document) if document.source == "world_news" else ""
    if document.source == "latin_america_news":
        place = max(
            (
                "Mexico Colombia Brazil Venezuela Honduras Guatemala Salvador Peru Bolivia Ecuador Argentina "
                "Paraguay Haiti Costa Panama Nicaragua Cuba Dominican Uruguay Chile"
            ).split(),
            key=lambda w: words[w],
        )
    year = (document.date or "none")[:4]
    return (
        f"topic {document.topic}",
        f"outlet {document.outlet}",
        f"year {year}",
        f"region {place}",
        f"region {place}",
    )


def candidates(source: str, rng: random.Random) -> list[Candidate]:
    """Return the documents of a source that may be chosen, in a seeded order."""
    low, high = LENGTHS[source]
    kept = [doc for doc in texts.load(source).values() if low <= len(doc.text) <= high]
    if source == "world_news":
        kept = [
            doc for doc in kept if reads_as_news(doc) and (len(doc.text) <= PREFERRED or rng.random() < 0.15)
        ]
    kept.sort(key=lambda doc: doc.id)
    rng.shuffle(kept)
    return described(kept)


def described(documents: list[SourceDocument]) -> list[Candidate]:
    """Return documents as candidates, in the same order; rare words are those that few of them have."""
    weigh = weigher(documents)
    return [Candidate(doc, _day(doc), _strata(doc), weigh(doc)) for doc in documents]


def weigher(documents: list[SourceDocument]) -> Callable[[SourceDocument], dict[str, float]]:
    """Return a function from a document to its unit vector of rare words (tf-idf of title and opening)."""
    opened = {doc.id: set(_opening(doc)) for doc in documents}
    seen = Counter(word for words in opened.values() for word in words)

    def weigh(document: SourceDocument) -> dict[str, float]:
        raw = {word: math.log(len(documents) / seen[word]) for word in opened[document.id]}
        norm = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {word: value / norm for word, value in raw.items()}

    return weigh


def _opening(document: SourceDocument) -> list[str]:
    return [word.casefold() for word in WORD.findall(f"{document.title or ''} {document.text[:1500]}")]


def likeness(one: Candidate, other: Candidate) -> float:
    """Return the cosine of two documents' rare words, 0 to 1."""
    return sum(value * other.weights.get(word, 0.0) for word, value in one.weights.items())


def near_in_time(one: Candidate, other: Candidate, days: int) -> bool:
    """Say whether both have a date and lie within `days` of each other."""
    return one.day is not None and other.day is not None and abs(one.day - other.day) <= days


def may_tell_the_same(one: Candidate, other: Candidate) -> bool:
    """Say whether two documents are so alike that they belong into one split."""
    bound = MAY_BE_SAME if near_in_time(one, other, 4) else MAY_BE_SAME_UNDATED
    return likeness(one, other) >= bound


def clusters(pool: list[Candidate]) -> list[list[Candidate]]:
    """Return sets of articles from different outlets that tell the same happening, from the seeded order."""
    found: list[list[Candidate]] = []
    used: set[str] = set()
    by_region: Counter[str] = Counter()
    for seed in pool:
        place = seed.strata[3]
        if (
            len(found) == CLUSTERS
            or seed.document.id in used
            or by_region[place] >= 2
            or place == "region usa"
        ):
            continue
        group = _around(seed, [one for one in pool if one.document.id not in used])
        if len(group) >= CLUSTER_SIZE[0]:
            found.append(group)
            used.update(one.document.id for one in group)
            by_region[place] += 1
    return found


def _around(seed: Candidate, pool: list[Candidate]) -> list[Candidate]:
    group, outlets = [seed], {seed.document.outlet}
    near = [one for one in pool if one is not seed and near_in_time(seed, one, 2)]
    for one in sorted(near, key=lambda other: -likeness(seed, other)):
        like = likeness(seed, one)
        if like < SAME_HAPPENING or len(group) == CLUSTER_SIZE[1]:
            break
        if one.document.outlet not in outlets and all(likeness(one, other) < SAME_TEXT for other in group):
            group.append(one)
            outlets.add(one.document.outlet)
    return group


def spread(pool: list[Candidate], chosen: list[Candidate], count: int) -> list[Candidate]:
    """Fill `chosen` up to `count`, each time with the candidate whose strata are least chosen so far."""
    chosen = list(chosen)
    counts = Counter(stratum for one in chosen for stratum in one.strata)
    rest = [one for one in pool if one not in chosen]
    while len(chosen) < count and rest:
        if counts["region usa"] >= 2 * US_SHARE * count:
            rest = [one for one in rest if "region usa" not in one.strata]
        best = min(rest, key=lambda one: sum(counts[stratum] for stratum in one.strata))
        rest.remove(best)
        if all(likeness(best, other) < SAME_TEXT for other in chosen):
            chosen.append(best)
            counts.update(best.strata)
    return chosen


def groups(chosen: list[Candidate], cluster_of: dict[str, str]) -> list[list[Candidate]]:
    """Return the chosen documents in groups that may not straddle the split: clusters, and near tellings."""
    parent = {one.document.id: one.document.id for one in chosen}

    def root(doc_id: str) -> str:
        while parent[doc_id] != doc_id:
            doc_id = parent[doc_id]
        return doc_id

    for index, one in enumerate(chosen):
        for other in chosen[:index]:
            same = cluster_of.get(one.document.id, "") == cluster_of.get(other.document.id, "-")
            if same or may_tell_the_same(one, other):
                parent[root(one.document.id)] = root(other.document.id)
    gathered = defaultdict(list)
    for one in chosen:
        gathered[root(one.document.id)].append(one)
    return list(gathered.values())


def split_dev(
    parts: list[list[Candidate]],
    size: int,
    whole_clusters: int,
    rng: random.Random,
    cluster_of: dict[str, str],
) -> set[str]:
    """Return the ids of dev: exactly `size` documents in whole groups, `whole_clusters` clusters among them."""
    told = [part for part in parts if any(one.document.id in cluster_of for one in part)]
    single = [part for part in parts if part not in told]
    rng.shuffle(told)
    rng.shuffle(single)
    dev = {
        one.document.id
        for part in sorted(told[: 2 * whole_clusters], key=len)[:whole_clusters]
        for one in part
    }
    for part in single:
        if len(dev) + len(part) <= size:
            dev.update(one.document.id for one in part)
    return dev


def batched(lengths: dict[str, int], doubles: Iterable[str], rng: random.Random) -> dict[str, list[str]]:
    """Deal documents into batches of mixed sources and near-equal length; a second copy goes elsewhere."""
    ids = sorted(lengths)
    rng.shuffle(ids)
    ids.sort(key=lambda doc_id: -lengths[doc_id])
    again = sorted(doubles)
    total = sum(lengths.values()) + sum(lengths[doc_id] for doc_id in again)
    count = max(round(total / BATCH_CHARACTERS), math.ceil((len(ids) + len(again)) / BATCH_SIZE))
    dealt: list[list[str]] = [[] for _ in range(count)]
    for doc_id in [*sorted(again, key=lambda one: -lengths[one]), *ids]:
        room = [batch for batch in dealt if doc_id not in batch and len(batch) <= BATCH_SIZE]
        source = texts.source_of(doc_id)
        min(
            room,
            key=lambda batch: (
                sum(lengths[one] for one in batch) / BATCH_CHARACTERS
                + 0.5 * sum(texts.source_of(one) == source for one in batch) / BATCH_SIZE
            ),
        ).append(doc_id)
    for batch in dealt:
        rng.shuffle(batch)
    return {str(number): batch for number, batch in enumerate(dealt, start=1)}


def main() -> int:
    """Write both lists."""
    rng = random.Random(SEED)
    lines = ["# id\tsource\tsplit\tcluster\tdouble"]
    lengths: dict[str, int] = {}
    doubles: list[str] = []
    for source, count in WANTED.items():
        pool = candidates(source, rng)
        told = clusters(pool) if source == "world_news" else []
        cluster_of = {one.document.id: f"c{n:02}" for n, group in enumerate(told, start=1) for one in group}
        chosen = spread(pool, [one for group in told for one in group], count)
        dev = split_dev(groups(chosen, cluster_of), DEV[source], 3, rng, cluster_of)
        twice = set()
        for part, size in zip((dev, {one.document.id for one in chosen} - dev), DOUBLE[source], strict=True):
            twice.update(rng.sample(sorted(part), size))
        for one in sorted(chosen, key=lambda each: each.document.id):
            doc_id = one.document.id
            split = MOVED.get(doc_id, "dev" if doc_id in dev else "train")
            lines.append(
                "\t".join(
                    (doc_id, source, split, cluster_of.get(doc_id, "-"), "double" if doc_id in twice else "-")
                )
            )
            lengths[doc_id] = len(one.document.text)
        doubles.extend(twice)
    for page in sorted(texts.load("news").values(), key=lambda doc: doc.id):
        lines.append(f"{page.id}\tnews\tdev\t-\t-")
        if not page.id.startswith("000_"):  # the worked example is coded already
            lengths[page.id] = len(page.text)
    texts.LISTS.mkdir(exist_ok=True)
    (texts.LISTS / "documents.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    dealt = batched(lengths, doubles, rng)
    write_batches(dealt)
    return 0


def write_batches(batches: dict[str, list[str]]) -> None:
    """Write the list of batches, a line each."""
    rows = ",\n".join(f" {json.dumps(number)}: {json.dumps(batch)}" for number, batch in batches.items())
    (texts.LISTS / "batches.json").write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
