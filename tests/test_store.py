"""The store takes articles in and out, whole, once, and for good; its vectors in a folder or in a server alike."""

import dataclasses
import os
import shutil
import sqlite3
import threading

import pytest
from storing import LetterEncoder, article, contents, open_store, whole

from index.embedding.passage_vectors import embed
from index.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryMismatch,
    UnknownArticle,
    UnreadableArticle,
)
from index.storage.fulltext import _TOKENIZER
from index.types import Scope


@pytest.fixture
def store(tmp_path, parser, vectors_url):
    with open_store(tmp_path / "library", parser, url=vectors_url) as one:
        yield one


def nearest_texts(store, query, k=5):
    """The passages that are nearest to a query, as text."""
    near = store.vectors.nearest(store.encoder.encode([query])[0], k)
    passages = store.library.passages([one.key for one in near])
    found = [passages[one.key] for one in near]
    return [passage.extent.cut(store.library.article(passage.article_id).text) for passage in found]


def test_what_is_added_is_found_by_words_and_by_vectors(store):
    summary = store.add([article("a", "harbour"), article("b", "tunnel", publisher="Gazette")])
    assert (summary.added, summary.unchanged, summary.updated, summary.failed) == (("a", "b"), (), (), ())
    for near in store.words.search("tunnel", 10):
        assert store.library.passages([near.key])[near.key].article_id == "b"
    [nearest] = store.vectors.nearest(store.encoder.encode(["tunnel"])[0], 1)
    assert nearest.key in store.library.keys("b")
    scope = Scope(publishers=frozenset({"Gazette"}))
    assert {near.key for near in store.words.search("opens", 10, scope)} <= set(store.library.keys("b"))
    assert {near.key for near in store.vectors.nearest(store.encoder.encode(["harbour"])[0], 99, scope)} == set(
        store.library.keys("b")
    )
    whole(store)


def test_adding_the_same_again_changes_nothing_and_embeds_nothing(store):
    store.add([article("a"), article("b", "tunnel")])
    before, done = contents(store), len(store.encoder.encoded)
    summary = store.add([article("a", source="elsewhere.txt"), article("b", "tunnel")])
    assert summary.unchanged == ("a", "b")
    assert not summary.added + summary.updated
    assert contents(store) == before
    assert len(store.encoder.encoded) == done


def test_each_text_is_encoded_once_however_many_passages_have_it(store):
    store.add([article("a"), article("b")])
    assert len(store.encoder.encoded) == len(set(store.encoder.encoded))


@pytest.mark.parametrize("field", ["title", "text", "publisher", "author", "url"])
def test_a_change_of_any_field_is_an_update(store, field):
    store.add([article("a"), article("b", "tunnel")])
    changed = dataclasses.replace(article("a"), **{field: "Something else, said Bo Chen."})
    assert store.add([changed]).updated == ("a",)
    assert store.library.article("a") == changed
    whole(store)


def test_the_same_url_with_new_text_takes_the_old_articles_place(store):
    store.add([article("a", url="https://a.example/1"), article("b", "tunnel")])
    assert store.add([article("new", "lighthouse", url="https://a.example/1")]).updated == ("new",)
    assert [entry.id for entry in store.library.articles()] == ["b", "new"]
    assert store.words.search("harbour", 5) == ()
    whole(store)


def test_two_articles_of_one_id_in_one_run_are_told_and_the_first_is_kept(store):
    summary = store.add([article("a"), article("a", "tunnel", source="x.jsonl:2"), article("a")])
    assert (summary.added, summary.unchanged) == (("a",), ("a",))
    assert [str(one) for one in summary.failed] == [
        "x.jsonl:2: another article in this run has the id 'a' too, with other words; give each its own"
    ]
    whole(store)


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (article("", source="x.txt"), "it has no id"),
        (article("s", text="half a \udc80 character", source="x.txt"), "half a character"),
        (UnreadableArticle("x.txt", "it is a picture"), "it is a picture"),
    ],
)
def test_what_cannot_be_taken_is_told_and_the_rest_goes_on(store, broken, why):
    summary = store.add([broken, article("a")])
    assert summary.added == ("a",)
    assert why in str(summary.failed[0])
    assert summary.failed[0].where == "x.txt"


@pytest.mark.parametrize("text", ["", " \n\r\n ", "😀", "\0", "İstanbul\r\n“😀 cafe\u0301”", "a" * 5000])
def test_awkward_texts_are_kept_as_they_are(store, text):
    store.add([article("a", text=text)])
    assert store.library.article("a").text == text
    whole(store)


def test_what_is_removed_is_found_nowhere(store):
    store.add([article("a", "harbour"), article("b", "tunnel")])
    assert store.remove(["a"]) == ("a",)
    assert store.words.search("harbour", 5) == ()
    assert not any("harbour" in text for text in nearest_texts(store, "harbour"))
    assert [entry.id for entry in store.library.articles()] == ["b"]
    whole(store)
    assert store.add([article("a", "harbour")]).added == ("a",)
    whole(store)


def test_removing_what_is_not_there_removes_nothing(store):
    store.add([article("a")])
    with pytest.raises(UnknownArticle, match="nobody"):
        store.remove(["a", "nobody"])
    assert [entry.id for entry in store.library.articles()] == ["a"]


def test_a_store_is_the_same_after_closing_and_opening(tmp_path, parser, vectors_url):
    with open_store(tmp_path, parser, url=vectors_url) as store:
        store.add([article("a"), article("b", "tunnel")])
        before = contents(store)
    with open_store(tmp_path, parser, url=vectors_url) as store:
        assert contents(store) == before
        whole(store)


def test_not_a_byte_of_a_removed_articles_words_is_left(tmp_path, parser):
    secret = article("zebraqux-id", "zebraqux", publisher="Zebraqux Press", author="Z. Qux", url="https://z.example/q")
    text = secret.text.replace("Bo Chen", "Zebedee Quxley") + " Quxley" * 3
    secret = dataclasses.replace(secret, text=text)
    with open_store(tmp_path, parser) as store:
        store.add([article(f"kept{n}", f"word{n}") for n in range(5)])
        store.add([secret])
        store.add([article(f"late{n}", f"word{n + 5}") for n in range(5)])
        store.add([dataclasses.replace(secret, text=text + " Once more.")])  # what an update replaced goes, too
        removed = [row.tobytes()[:16] for row in store.vectors.stored(store.library.keys(secret.id)).values()]
        assert any(b"zebraqux" in path.read_bytes().lower() for path in tmp_path.rglob("*") if path.is_file())
        store.remove([secret.id])
        for path in filter(os.path.isfile, tmp_path.rglob("*")):
            assert not any(some in path.read_bytes() for some in removed), path
        for name in ("data_level0.bin", "length.bin"):  # so few vectors are not in there yet: nor is what lay in memory
            assert [any(path.read_bytes()) for path in tmp_path.rglob(name)] == [False]
        for word in ("zebraqux", "quxley", "zebedee", "z.example"):
            for path in filter(os.path.isfile, tmp_path.rglob("*")):
                for encoding in ("utf-8", "utf-16-le"):
                    assert word.encode(encoding) not in path.read_bytes().lower(), path
        for field in ("text", "context"):  # whose words are kept in a form that is no plain text
            assert store.words._tantivy.searcher().terms_with_prefix(field, "zebraqux") == []
            assert store.words._tantivy.searcher().terms_with_prefix(field, "quxley") == []
        whole(store)


def test_questions_meanwhile_see_the_old_article_or_the_new_never_a_mixture(store):
    texts = {word: article("a", word).text for word in ("harbour", "tunnel", "lighthouse")}
    store.add([article("a", "harbour"), *(article(f"b{n}", "meadow") for n in range(5))])
    wrong, stop = [], threading.Event()

    def ask():
        vector = store.encoder.encode(["News. The harbour opens in May"])[0]
        while not stop.is_set():
            near = store.vectors.nearest(vector, 20) + store.words.search("opens safe swim", 20)
            with store.library.snapshot():
                passages = [
                    one for one in store.library.passages([n.key for n in near]).values() if one.article_id == "a"
                ]
                text = store.library.article("a").text
                reading = store.library.reading("a")
                if text not in texts.values() or reading.article.text != text:
                    wrong.append(text)
                wrong.extend(one for one in passages if one not in reading.passages)

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    for word in ("tunnel", "lighthouse", "harbour", "tunnel"):
        assert store.add([article("a", word)]).updated == ("a",)
    stop.set()
    for asker in askers:
        asker.join()
    assert wrong == []
    whole(store)


def test_a_watcher_sees_how_far_it_is(store):
    seen = []
    store.add([article(f"a{n}", f"word{n}") for n in range(70)], seen.append)
    assert [one.articles for one in seen] == [16, 48, 70]
    assert seen[-1].passages == store.library.counts().passages
    assert seen[-1].article == "a69"


# What goes wrong outside, in one clear sentence each, and the data as it was


def test_a_second_owner_is_told_and_nothing_is_touched(tmp_path, parser):
    with open_store(tmp_path, parser) as store:
        store.add([article("a")])
        with pytest.raises(LibraryBusy, match=f"in use by process {os.getpid()}"):
            open_store(tmp_path, parser)
        whole(store)


def test_another_embedding_model_is_refused_and_repair_makes_vectors_with_it(tmp_path, parser, vectors_url):
    with open_store(tmp_path, parser, url=vectors_url) as store:
        store.add([article("a"), article("b", "tunnel")])
        before = contents(store)
    other = LetterEncoder("other", 128)
    with pytest.raises(LibraryMismatch, match=r"made with the embedding model letters, not with other; .* --repair"):
        open_store(tmp_path, parser, other, vectors_url)
    with open_store(tmp_path, parser, other, vectors_url, mending=True) as store:
        store.repair()
        assert contents(store) == before
        whole(store)
    with open_store(tmp_path, parser, other, vectors_url) as store:
        [nearest] = store.vectors.nearest(store.encoder.encode(["tunnel"])[0], 1)
        assert nearest.key in store.library.keys("b")


def _other_vectors(folder, parser):
    with open_store(folder.with_name("other"), parser) as other:
        other.add([article("z", "meadow")])
    shutil.rmtree(folder / "vectors")
    shutil.copytree(folder.with_name("other") / "vectors", folder / "vectors")


def _no_vectors(folder, _parser):
    shutil.rmtree(folder / "vectors")


def _no_words(folder, _parser):
    shutil.rmtree(folder / "words")


def _broken_words(folder, _parser):
    (folder / "words" / "meta.json").write_bytes(b"{")


def _words_of_another_version(folder, _parser):
    meta = folder / "words" / "meta.json"
    meta.write_text(meta.read_text().replace(f'"{_TOKENIZER}"', '"english"'))


def _broken_vectors(folder, _parser):
    (folder / "vectors" / "chroma.sqlite3").write_bytes(b"no database at all" * 300)


@pytest.mark.parametrize("damage", [_other_vectors, _no_vectors, _broken_vectors])
def test_vectors_that_do_not_belong_are_told_and_repaired(tmp_path, parser, damage):
    folder = tmp_path / "library"
    with open_store(folder, parser) as store:
        store.add([article("a"), article("b", "tunnel")])
        before = contents(store)
    damage(folder, parser)
    with pytest.raises(LibraryDamaged, match=r"ontherecord check --repair"):
        open_store(folder, parser)
    with open_store(folder, parser, mending=True, anew=True) as store:
        store.repair()
        assert contents(store) == before
        whole(store)
    with open_store(folder, parser) as store:
        whole(store)


@pytest.mark.parametrize("damage", [_no_words, _broken_words, _words_of_another_version])
def test_words_that_do_not_belong_are_made_anew_when_the_library_is_opened(tmp_path, parser, damage, caplog):
    with open_store(tmp_path, parser) as store:
        store.add([article("a"), article("b", "tunnel")])
        before = contents(store)
    damage(tmp_path, parser)
    with open_store(tmp_path, parser) as store:
        assert "the word index was broken, or made by another version; it is made anew" in caplog.text
        assert contents(store) == before
        whole(store)
    caplog.clear()
    with open_store(tmp_path, parser):
        assert caplog.text == ""


@pytest.mark.parametrize("damage", [_broken_words, _words_of_another_version])
def test_who_checks_is_told_of_words_that_cannot_be_read(tmp_path, parser, damage):
    with open_store(tmp_path, parser) as store:
        store.add([article("a")])
    damage(tmp_path, parser)
    with pytest.raises(LibraryDamaged, match=r"word index .* cannot be used"):
        open_store(tmp_path, parser, mending=True)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE articles SET text = text || '!' WHERE id = 'a'", "the text of 'a' is not the one that was read"),
        ('UPDATE passages SET "end" = 99999 WHERE number = 0', "an offset in 'a' lies after its text"),
        ('UPDATE passages SET "end" = 0 WHERE number = 0', "what is stored of 'a' makes no sense"),
        ("UPDATE passages SET statement = 77 WHERE number = 0", "holds a statement that is not there"),
        ("UPDATE statements SET manner = 'sung'", "what is stored of 'a' makes no sense"),
        ("DELETE FROM passages WHERE number = 0", "1 vectors belong to no passage"),
    ],
)
def test_check_tells_what_does_not_fit(tmp_path, parser, damage, told):
    with open_store(tmp_path, parser) as store:
        store.add([article("a")])
    with sqlite3.connect(tmp_path / "library.sqlite") as connection:
        connection.execute(damage)
    connection.close()
    with open_store(tmp_path, parser, mending=True) as store:
        assert any(told in one for one in store.check()), store.check()


def test_check_tells_vectors_that_are_not_those_of_their_texts(store):
    store.add([article("a")])
    keys = store.library.keys("a")
    labels = [entry.labels for entry in _entries(store)]
    store.vectors.remove(keys[0], keys[-1])
    store.vectors.put(labels, store.encoder.encode(["something else"] * len(labels)))
    assert any("are not those of its text" in one for one in store.check())
    store.repair()
    whole(store)


def _entries(store):
    from index.build import entries

    return list(entries(store.library))


def test_a_folder_of_other_things_is_not_taken_for_a_library(tmp_path, parser):
    (tmp_path / "letter.txt").write_text("Dear Ann")
    with pytest.raises(LibraryError, match=r"holds letter\.txt and no library"):
        open_store(tmp_path, parser)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_where_a_file_is_is_one_clear_sentence(tmp_path, parser):
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="cannot be used as a library"):
        open_store(tmp_path / "file", parser)


def test_each_vector_is_that_of_its_own_passage(store):
    store.add([article("a"), article("b", "tunnel")])
    for name in ("a", "b"):
        keys = store.library.keys(name)
        stored = store.vectors.stored(keys)
        expected = embed(store.encoder, [store.library.reading(name)])
        for key, vector in zip(keys, expected, strict=True):
            assert stored[key] @ vector == pytest.approx(1, abs=1e-5)
