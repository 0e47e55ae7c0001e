"""Publication dates: read as written, to the precision given, never guessed."""

from __future__ import annotations

import pytest

from communique.ingest.dates import from_field, in_url, in_words


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("2019-04-30", "2019-04-30"),
        ("2019-04-30T10:00:00Z", "2019-04-30"),
        ("2019-04-30 10:00:00+02:00", "2019-04-30"),
        ("2019-04", "2019-04"),
        ("2016", "2016"),
        (2016, "2016"),
        ("20190430", "2019-04-30"),
        ("2019/04/30", "2019-04-30"),
        ("30 April 2019", "2019-04-30"),
        ("April 30, 2019", "2019-04-30"),
        ("Sept. 3, 2019", "2019-09-03"),
        ("April 2019", "2019-04"),
        ("Tue, 30 Apr 2019 10:00:00 GMT", "2019-04-30"),
        ("30.04.2019", "2019-04-30"),
        ("30/04/2019", "2019-04-30"),
        ("04/30/2019", "2019-04-30"),
        ("05/05/2019", "2019-05-05"),
        ("14 de septiembre de 2017", "2017-09-14"),
        ("2020-02-29", "2020-02-29"),
        ("", None),
        (None, None),
        ("null", None),
        ("NaN", None),
    ],
)
def test_a_field_gives_the_date_that_it_writes(field: object, expected: str | None) -> None:
    assert from_field(field) == expected


@pytest.mark.parametrize(
    "field",
    ["2019-13-01", "2019-02-30", "03/04/2019", "yesterday", "0000-00-00", "31/31/2019", "99999", "soon 12"],
)
def test_a_field_that_is_no_date_or_has_two_readings_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match=field[:4]):
        from_field(field)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date 2017-09-14", "2017-09-14"),
        ("Posted on March 4, 2021 by Ana Ruiz", "2021-03-04"),
        ("It happened on 31 February 2021 or on 1 March 2021.", "2021-03-01"),
        ("MOSCOW, April 30 (Xinhua)", None),
        ("No date here, only 2,736 shares", None),
    ],
)
def test_words_give_a_date_only_when_it_is_complete(text: str, expected: str | None) -> None:
    found = in_words(text)
    assert (found.iso if found else None) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/2016/09/20/region/suspect.html", "2016-09-20"),
        ("http://a.example/news/2014/feb/9/soldiers-say/", "2014-02-09"),
        ("http://a.example/2019-04-30/x", "2019-04-30"),
        ("http://a.example/2016/13/40/x", None),
        ("http://a.example/article/20162017", None),
        (None, None),
    ],
)
def test_an_address_gives_the_date_in_its_path(url: str | None, expected: str | None) -> None:
    found = in_url(url)
    assert (found.iso if found else None) == expected
