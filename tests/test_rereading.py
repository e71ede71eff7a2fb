"""A user's own reranker, and rereading: a small model made here, with weights that prefer what they prefer."""

import pytest

from assistant.retrieval.ranking import weights
from assistant.retrieval.reader import PassageReader, Scores
from assistant.retrieval.reranker import Reranker
from assistant.retrieval.rereading import READ, reread, seen, standard
from assistant.retrieval.search import Candidate
from index.errors import SettingsError
from index.types import Article, Passage, Span


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A CrossEncoder of one small layer with random weights (fixed seed), and a vocabulary of letters."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    place = tmp_path_factory.mktemp("reranker")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefgh", "?"]
    (place / "vocab.txt").write_text("\n".join(words) + "\n")
    torch.manual_seed(1)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(vocab_size=len(words), num_labels=1, initializer_range=0.5, **sizes)
    BertForSequenceClassification(config).save_pretrained(place)
    BertTokenizerFast(vocab=str(place / "vocab.txt")).save_pretrained(place)
    return str(place)


class Liking:
    """A reader of either kind that likes a passage for one letter in it."""

    def __init__(self, letter, kind=float):
        self.letter, self.kind = letter, kind

    def scores(self, question, passages):
        return [self.kind(self.letter in passage) for passage in passages]


def liking(letter):
    return Liking(letter, lambda held: Scores(float(held), -2.0))


def scored(*texts, score=0.0):
    """Passages of one article each, best first, all with the same features and scores that fall by 1."""
    features, best = dict.fromkeys(weights("rank"), 0.0), []
    for place, text in enumerate(texts):
        article, passage = Article(f"a{place}", "", text), Passage(f"a{place}", 0, Span(0, len(text)))
        best.append((score - place, Candidate(place, passage, article, None, (), features, 0.0)))
    return best


def order(best):
    return [one.article.text for _, one in best]


def test_a_models_scores_are_given_as_they_are(folder):
    own = Reranker(folder)
    together = own.scores("a ?", list("abcdefgh"))
    assert len(set(together)) == 8
    assert [own.scores("a ?", [letter])[0] for letter in "abcdefgh"] == pytest.approx(together, abs=1e-5)


def test_what_is_read_as_an_answer_comes_first():
    best = reread("?", scored("a", "b", "c"), liking("c"))
    assert order(best) == ["c", "a", "b"]
    assert best[0][1].features["reads"] > 0 > best[1][1].features["reads"]
    assert best[0][1].features["answers"] == -2.0


def test_only_the_first_are_read_and_the_others_stay_behind_in_their_order():
    texts = ["a"] * READ + ["b", "c"]
    best = reread("?", scored(*texts), liking("c"))
    assert order(best) == texts
    scores = [score for score, _ in best]
    assert scores == sorted(scores, reverse=True)
    assert scores[-2] - scores[-1] == pytest.approx(1.0)
    assert "reads" not in best[-1][1].features


def test_a_users_own_reranker_is_heard_beside_the_reader():
    texts = scored("a", "b", "c", "bc")
    assert order(reread("?", texts, liking("c"), Liking("b")))[0] == "bc"
    doubtful = liking("-")  # all passages are alike to the reader
    assert order(reread("?", texts, doubtful, Liking("b")))[:2] == ["b", "bc"]


def test_scores_of_any_scale_count_the_same():
    assert standard([1.0, 2.0, 3.0]) == pytest.approx(standard([100.0, 300.0, 500.0]))
    assert standard([7.0, 7.0]) == pytest.approx([0.0, 0.0])


def test_nothing_has_no_order(folder):
    assert Reranker(folder).scores("a", []) == []
    assert reread("?", [], PassageReader()) == []


def test_the_reader_sees_the_title_and_the_day():
    article = Article("a", "Bridge closed", "It is safe. Or not.")
    assert seen(Candidate(0, Passage("a", 0, Span(0, 11)), article, None, (), {}, 0.0)) == "Bridge closed. It is safe."


def test_a_folder_that_is_none_is_told_at_once(tmp_path):
    with pytest.raises(SettingsError, match="there is no reranker at"):
        Reranker(str(tmp_path / "none"))


def test_a_folder_without_a_model_is_told(tmp_path):
    with pytest.raises(SettingsError, match="holds no CrossEncoder"):
        Reranker(str(tmp_path)).scores("a", ["b"])
