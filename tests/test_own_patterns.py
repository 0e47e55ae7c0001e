"""A user's own patterns: a correction, a new mode, a new category, and what the check command says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from communique import Coder, Settings, ontology
from communique.cli import main
from communique.coding.patterns import load
from communique.errors import SettingsError

MINE = """
[categories.GIFT]
quad = 2
score = 6.0
modes = { secret = 7.0 }

[modes.ASSAULT]
swarm = -10.0

[[pattern]]
id = "mine-gift"
verb = ["bestow"]
event = "GIFT"
mode = "secret"
recipient = ["prep:on"]
yes = ["China bestowed two pandas on Chile."]
no = ["China met Chile."]

[[pattern]]
id = "mine-swarm"
verb = ["swarm"]
event = "ASSAULT"
mode = "swarm"
yes = ["Russia swarmed Ukraine."]

[[pattern]]
id = "mine-no-event"
verb = ["condemn"]
object = ["building"]
event = "none"
yes = ["The mayor of Moscow condemned the building."]
no = ["Russia condemned the attack."]
"""


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[str]:
    file = tmp_path / "mine.toml"
    file.write_text(MINE)
    yield str(file)
    ontology._OWN.clear()
    ontology.plover.cache_clear()


def test_a_new_category_and_a_new_mode_are_coded_with_their_scores(mine: str) -> None:
    coder = Coder(Settings(patterns=(mine,)))
    text = "China bestowed two pandas on Chile. Russia swarmed Ukraine."
    coded = {(e.category, e.mode, e.coded_by.split(";")[0]) for e in coder.code_text(text).events}
    assert coded == {
        ("GIFT", ("secret",), "pattern: mine-gift"),
        ("ASSAULT", ("swarm",), "pattern: mine-swarm"),
    }
    assert ontology.plover().scale("GIFT", ("secret",)) == 7.0
    assert "armed" not in ontology.plover().categories["GIFT"].modes
    assert len(ontology.plover().categories["ASSAULT"].modes) > 1


def test_own_records_have_no_confidence_and_are_kept_by_any_floor(mine: str) -> None:
    coder = Coder(Settings(patterns=(mine,), min_confidence=0.99))
    events = coder.code_text("China bestowed two pandas on Chile.").events
    assert [(event.category, event.confidence) for event in events] == [("GIFT", None)]


def test_a_pattern_can_say_that_words_are_no_event(mine: str) -> None:
    sentence = "Russia condemned the building of Ukraine."
    assert [e.category for e in Coder().code_text(sentence).events] == ["ACCUSE"]
    assert Coder(Settings(patterns=(mine,))).code_text(sentence).events == ()


def test_the_check_command_tries_the_examples(
    mine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["patterns", "check", mine]) == 0
    assert "3 patterns, 5 examples, 0 not as they should be" in capsys.readouterr().err
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[[pattern]]\nid = "w"\nverb = ["meet"]\nevent = "CONSULT"\nyes = ["It rained."]\n')
    assert main(["patterns", "check", str(wrong)]) == 1
    assert "w: must match, and does not: It rained." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[modes.NOPE]\nx = 1.0\n", "no category of PLOVER"),
        ("[categories.NEW]\nscore = 1.0\n", "needs quad"),
        ('[[pattern]]\nid = "a"\nverb = ["x"]\nevent = "NEW"\n', "no category 'NEW'"),
        ("= 1", "not TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_name(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=said) as error:
        load([file])
    assert "bad.toml" in str(error.value)


def test_a_file_that_is_not_there_is_an_error_of_the_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        Coder(Settings(patterns=(str(tmp_path / "absent.toml"),)))
