"""The layout model as a second opinion: when it is heard, and what it may never say."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.clean import shape, standing
from dragoman.clean.lines import split_lines
from dragoman.clean.referee import (
    MARGIN,
    best_choice,
    expected_f1,
    overrule_text,
    second_opinion,
)
from dragoman.knowledge import Knowledge
from dragoman.knowledge.layout import Forest, LineNet, Mean

ONES = np.ones(4, np.float32)


def test_the_best_choice_is_the_one_that_promises_most() -> None:
    chances = np.array([0.9, 0.8, 0.05, 0.7], np.float32)
    chosen = best_choice(chances, ONES)
    assert chosen.tolist() == [True, True, False, True]
    for other in range(16):
        flags = np.array([bool(other & 1 << bit) for bit in range(4)])
        assert expected_f1(flags, chances, ONES) <= expected_f1(chosen, chances, ONES) + 1e-6


def test_low_chances_still_choose_the_likeliest() -> None:
    chances = np.array([0.02, 0.2, 0.15, 0.01], np.float32)
    assert best_choice(chances, ONES).tolist() == [False, True, True, False]


def test_no_lines_no_choice() -> None:
    none = np.zeros(0, np.float32)
    assert best_choice(none, none).tolist() == []
    assert expected_f1(np.zeros(0, bool), none, none) == 0.0


def test_the_rules_stand_where_the_model_gains_little() -> None:
    ruled = np.array([True, True, False, False])
    prose = np.ones(4, bool)
    close = np.array([0.9, 0.9, 0.5, 0.0], np.float32)
    gain = expected_f1(best_choice(close, ONES), close, ONES) - expected_f1(ruled, close, ONES)
    assert 0 < gain < MARGIN
    assert second_opinion(ruled, prose, close, ONES).tolist() == ruled.tolist()
    far = np.array([0.05, 0.0, 0.95, 0.95], np.float32)
    assert second_opinion(ruled, prose, far, ONES).tolist() == [False, False, True, True]


def test_a_list_that_the_rules_kept_amid_the_choice_stays() -> None:
    ruled = np.array([False, True, False, False])
    prose = np.array([True, False, True, True])
    chances = np.array([0.95, 0.1, 0.95, 0.0], np.float32)
    assert second_opinion(ruled, prose, chances, ONES).tolist() == [True, True, True, False]


def test_headlines_and_comment_forms_are_never_the_article() -> None:
    lines = split_lines("A quiet harbour\nThe ferry left at noon and came back at six.\nReply")
    lines[0].set("headline", "title")
    lines[2].set("comment_form", "form")
    overrule_text(lines, lambda rows: np.full(len(rows), 0.9, np.float32))
    assert [line.label for line in lines] == ["headline", "body", "comment_form"]


def test_the_shipped_models_take_the_features_that_are_made() -> None:
    layout = Knowledge().layout
    assert isinstance(layout["page"], Forest)
    assert layout["page"].features == standing.FEATURES
    text = layout["text"]
    assert isinstance(text, Mean)
    forest, *nets = text.models
    assert isinstance(forest, Forest)
    assert forest.features == shape.FEATURES
    assert nets
    for net in nets:
        assert isinstance(net, LineNet)
        assert net.columns.max() < len(shape.FEATURES)


def test_a_model_refuses_rows_of_another_shape() -> None:
    model = Knowledge().layout["page"]
    with pytest.raises(ValueError, match="features"):
        model(np.zeros((3, 5), np.float32))


def test_rows_are_finite_for_odd_lines() -> None:
    for text in (
        "",
        "x",
        "。",
        "\u200b",
        "12 34",
        "«»",
        "日本の港は静かだった。船は正午に出た。",
        "A" * 5000,
    ):
        rows = shape.shape(split_lines(text))
        assert rows.shape[1:] == (len(shape.FEATURES),)
        assert np.isfinite(rows).all()
