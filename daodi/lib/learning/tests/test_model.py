import pickle
import zipfile
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest

from daodi.lib.learning import Message, NotAModel, TooFew, Tree, load, measure, save, train
from daodi.lib.learning.grouping import folds_of, near_groups
from daodi.lib.learning.tests.makers import COMMON, WORDS, messages


def learnt(each: int) -> Tree:
    texts, labels = messages(each)
    return train(texts, [(label,) for label in labels])


def test_what_was_sorted_by_people_is_learnt() -> None:
    model = learnt(40)
    others, wanted = messages(30, seed=2)
    guesses = [model.guess(message, 1)[0] for message in others]
    said, sure = [each.label for each in guesses], [each.probability for each in guesses]
    found = measure(said, sure, wanted)
    assert (found.accuracy, found.macro_f1) == (1, 1)
    assert found.calibration_error < 0.15


def test_a_guess_names_words_of_the_message_that_spoke_for_it() -> None:
    model = learnt(40)
    (best, *others) = model.guess(Message("公交改线", "我家门口公交改线，路灯不亮，谢谢"))
    assert best.label == "roads"
    assert best.probability > 0.8
    assert abs(best.probability + sum(each.probability for each in others) - 1) < 1e-5
    assert best.words
    for word in best.words:
        assert any(word in spoken for spoken in WORDS["roads"])
        assert not any(word in said for said in COMMON)


def test_a_message_without_a_known_word_gets_a_guess_that_is_not_sure() -> None:
    (best, *_others) = learnt(20).guess(Message("", "xyz"))
    assert best.probability < 0.7
    assert best.words == ()


def test_a_slip_of_the_pen_does_not_mislead() -> None:
    texts, labels = messages(40)
    wrong = next(place for place, label in enumerate(labels) if label == "roads")
    labels[wrong] = "health"
    model = train(texts, [(label,) for label in labels])
    assert model.guess(texts[wrong])[0].label == "roads"


def test_rare_classes_are_left_out_and_too_little_is_refused() -> None:
    texts, labels = messages(20)
    paths = [(label,) for label in labels]
    model = train([*texts, Message("税", "税")], [*paths, ("taxes",)])
    assert model.labels == {"health", "roads", "schools"}
    with pytest.raises(TooFew):
        train(texts, [("all",)] * len(texts))


def test_levels_go_as_far_down_as_was_learnt() -> None:
    texts, labels = messages(40)
    # Roads alone are sorted further: lamps, and what is not about lamps.
    paths = [
        (label, "lamps" if "路灯" in title + text else "others") if label == "roads" else (label,)
        for (title, text), label in zip(texts, labels, strict=True)
    ]
    few = next(place for place, label in enumerate(labels) if label == "health")
    paths[few] = ("health", "rare")
    model = train(texts, paths)
    assert model.labels == {"health", "roads", "schools", "lamps", "others"}
    guesses = model.guess(Message("路灯不亮", "我家门口，路灯不亮，修路挖断"))
    assert guesses[0].label == "lamps"
    assert any("路灯" in word for word in guesses[0].words)
    assert sum(each.probability for each in guesses) <= 1 + 1e-5
    assert model.guess(Message("医院挂号", "医院挂号，谢谢"))[0].label == "health"


def test_a_model_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    model = learnt(20)
    save(model, tmp_path / "model")
    again = load(tmp_path / "model")
    others, _labels = messages(5, seed=4)
    assert again.labels == model.labels
    for message in others:
        before, after = model.guess(message), again.guess(message)
        assert [each.label for each in after] == [each.label for each in before]
        assert np.allclose(
            [each.probability for each in after], [each.probability for each in before], atol=0.01
        )


def test_a_file_that_is_no_model_is_refused_and_never_run(tmp_path: Path) -> None:
    file = tmp_path / "model"
    for content in (b"", b"text", pickle.dumps({"format": 1})):
        file.write_bytes(content)
        with pytest.raises(NotAModel):
            load(file)
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "schema.json",
            '{"__class__": "system", "__module__": "os", "__loader__": "FunctionNode",'
            ' "__id__": 1, "content": "os.system", "protocol": 2}',
        )
    with pytest.raises(NotAModel):
        load(file)


def test_a_suggestion_comes_at_once() -> None:
    model = learnt(40)
    message = Message("路灯不亮" * 10, "我家门口的路灯不亮，请尽快处理。" * 30)
    model.guess(message)
    best = min(_seconds(model.guess, message) for _time in range(5))
    assert best < 0.02


def _seconds(call, message: Message) -> float:
    begun = perf_counter()
    call(message)
    return perf_counter() - begun


def test_near_duplicates_share_a_fold() -> None:
    texts, labels = messages(20)
    texts += [Message(title, text + "！") for title, text in texts[:10]]
    labels += labels[:10]
    groups = near_groups(texts)
    assert groups[:10].tolist() == groups[60:].tolist()
    names = sorted(set(labels))
    targets = np.array([names.index(label) for label in labels])
    folds = folds_of(groups, targets)
    assert folds[:10].tolist() == folds[60:].tolist()
    for name in range(3):
        sizes = np.bincount(folds[targets == name], minlength=5)
        assert sizes.max() - sizes.min() <= np.bincount(groups).max()


def test_figures_are_those_of_the_textbook() -> None:
    found = measure(("a", "a", "b", "a"), (0.9, 0.6, 0.8, 0.7), ("a", "b", "b", "a"))
    assert (found.rows, found.accuracy) == (4, 0.75)
    a, b = found.classes["a"], found.classes["b"]
    assert (round(a.precision, 3), a.recall, round(a.f1, 3), a.rows) == (0.667, 1, 0.8, 2)
    assert (b.precision, b.recall, round(b.f1, 3), b.rows) == (1, 0.5, 0.667, 2)
    assert round(found.macro_f1, 4) == 0.7333
    # 0.9 and right, 0.6 and wrong, 0.8 and right, 0.7 and right.
    assert round(found.calibration_error, 4) == round((0.1 + 0.6 + 0.2 + 0.3) / 4, 4)
