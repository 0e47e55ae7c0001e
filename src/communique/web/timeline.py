"""Events over time, as bars for an SVG: cooperation upwards, conflict downwards, stacked by quad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from communique.web.labels import QUADS, Row

WIDTH, HEIGHT = 960.0, 220.0
MARGIN = 24.0
MOST_BARS = 120
"""More bars than this are thinner than five pixels on a laptop's screen; a coarser step is taken then."""
STEPS = ("day", "week", "month", "year")
HAPPENED = ("reported", "claimed")


@dataclass(frozen=True, slots=True)
class Bar:
    """One coloured rectangle, in the units of the SVG's view box, with the words of its tooltip."""

    x: float
    y: float
    width: float
    height: float
    quad: int
    tip: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label under the axis."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the template draws. `left_out` events have no date or are not said to have happened."""

    step: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    counted: int
    left_out: int
    width: float = WIDTH
    height: float = HEIGHT
    axis: float = HEIGHT / 2


@dataclass(slots=True)
class Tally:
    """Counts events by day and quad while the store is read."""

    days: Counter[tuple[date, int]]
    left_out: int = 0

    def add(self, events: Iterable[Row]) -> None:
        """Count what is reported or claimed to have happened; the rest only as left out."""
        for event in events:
            day = _day(event["date"])
            if day is None or event["status"] not in HAPPENED or set(event["aux"] or ()) - {"historical"}:
                self.left_out += 1
            else:
                self.days[day, event["quad"]] += 1


def timeline(tally: Tally) -> Timeline:
    """Return the bars, in the finest step of day, week, month or year that gives at most MOST_BARS."""
    if not tally.days:
        return Timeline("day", (), (), 0, tally.left_out)
    first, last = min(day for day, _ in tally.days), max(day for day, _ in tally.days)
    spans = {step: range(_number(first, step), _number(last, step) + 1) for step in STEPS}
    step = next((step for step in STEPS if len(spans[step]) <= MOST_BARS), "year")
    counts: Counter[tuple[int, int]] = Counter()
    for (day, quad), events in tally.days.items():
        counts[_number(day, step), quad] += events
    bars, ticks = _bars(spans[step], counts, step), _ticks(spans[step], step)
    return Timeline(step, bars, ticks, tally.days.total(), tally.left_out)


def _bars(numbers: range, counts: Counter[tuple[int, int]], step: str) -> tuple[Bar, ...]:
    filled = sorted({number for number, _ in counts})
    tallest = max(counts[number, a] + counts[number, b] for number in filled for a, b in ((1, 2), (3, 4)))
    unit, room = (HEIGHT / 2 - MARGIN) / tallest, WIDTH / len(numbers)
    bars = []
    for number in filled:
        tops = {True: HEIGHT / 2 - 1, False: HEIGHT / 2 + 1}
        for quad in QUADS:
            height, up = counts[number, quad] * unit, quad <= 2
            if height:
                y = tops[up] - height if up else tops[up]
                tops[up] += -height if up else height
                tip = f"{_name(number, step)}: {counts[number, quad]} × {QUADS[quad]}"
                width = max(1.0, min(room * 0.8, 40.0))
                bars.append(Bar((number - numbers.start) * room, y, width, height, quad, tip))
    return tuple(bars)


def _ticks(numbers: range, step: str) -> tuple[Tick, ...]:
    """Label at most six steps, evenly spread, the first among them."""
    room = WIDTH / len(numbers)
    labelled = numbers[:: -(-len(numbers) // 6)]
    return tuple(Tick((number - numbers.start) * room, _name(number, step)) for number in labelled)


def _number(day: date, step: str) -> int:
    """Number the days, the weeks from Monday, the months or the years, without gaps."""
    if step == "day":
        return day.toordinal()
    if step == "week":
        return (day.toordinal() - 1) // 7
    return day.year * 12 + day.month - 1 if step == "month" else day.year


def _name(number: int, step: str) -> str:
    if step == "day":
        return str(date.fromordinal(number))
    if step == "week":
        return f"week of {date.fromordinal(number * 7 + 1)}"
    return f"{number // 12:04d}-{number % 12 + 1:02d}" if step == "month" else f"{number:04d}"


def _day(written: str | None) -> date | None:
    """Read `2019`, `2019-04` or `2019-04-30`; the first day stands for a month or a year."""
    if not written:
        return None
    try:
        return date.fromisoformat(
            written + "-01-01"[len(written) - 4 :] if len(written) < 10 else written[:10]
        )
    except ValueError:
        return None
