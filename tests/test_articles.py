"""The door: files and folders become articles, and each thing that is none becomes a reason."""

import os
import socket
from pathlib import Path

import pytest

from index.articles import SUFFIXES, count, read_paths
from index.errors import UnreadableArticle
from index.types import Article

PAGE = "<html><head><title>Ferry</title></head><body><article><p>{}</p></article></body></html>".format(
    "The ferry will sail again on Monday, the harbour master said. " * 6
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / "a.txt").write_text("Bridge shut\n\n“No,” said Bo Chen.", encoding="utf-8")
    (tmp_path / "b" / "deep" / "c.md").write_text("# Ferry\n\nIt sails.", encoding="utf-8")
    (tmp_path / "b" / "d.JSONL").write_text('{"id": "d1", "text": "One."}\n{"id": "d2", "text": "Two."}\n')
    (tmp_path / "e.html").write_text(PAGE)
    (tmp_path / "f.htm").write_text(PAGE)
    return tmp_path


def read(*paths, **options):
    notices = []
    return list(read_paths(paths, notice=notices.append, **options)), notices


def reasons(*paths):
    found, _ = read(*paths)
    assert all(isinstance(one, UnreadableArticle) for one in found), found
    return [(one.where, one.why) for one in found]


def test_a_folder_gives_the_articles_of_all_its_files_in_order(folder):
    found, notices = read(folder)
    assert [(one.title, Path(one.source).name) for one in found] == [
        ("Bridge shut", "a.txt"),
        ("One.", "d.JSONL"),
        ("Two.", "d.JSONL"),
        ("Ferry", "c.md"),
        ("Ferry", "e.html"),
        ("Ferry", "f.htm"),
    ]
    assert notices == []
    assert len({one.id for one in found}) == 6


def test_hidden_and_other_files_in_a_folder_are_passed_over(folder):
    (folder / ".hidden.txt").write_text("no")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.txt").write_text("no")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "txt").write_text("no")
    assert len(read(folder)[0]) == 6


def test_a_file_that_is_reached_twice_is_read_once(folder):
    (folder / "again.txt").symlink_to(folder / "a.txt")
    found, _ = read(folder / "a.txt", folder, str(folder / "b" / ".." / "a.txt"))
    assert len(found) == 6


def test_folders_that_lead_back_to_themselves_end(folder):
    (folder / "b" / "up").symlink_to(folder)
    (folder / "b" / "deep" / "around").symlink_to(folder / "b")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    found, _ = read(folder)
    assert sum(isinstance(one, Article) for one in found) == 6
    (loop,) = (one for one in found if isinstance(one, UnreadableArticle))
    assert loop.where.endswith("self.txt") and "symbolic links" in loop.why


def test_an_edited_file_keeps_its_id_and_a_moved_one_does_not(tmp_path):
    path = tmp_path / "Bridge shut.txt"
    path.write_text("First version.")
    before = read(path)[0][0]
    path.write_text("Second version.")
    after = read(path)[0][0]
    assert (before.id, before.text) != (after.id, after.text) and before.id == after.id
    assert after.id.startswith("bridge-shut-")
    (tmp_path / "other").mkdir()
    assert read(path.rename(tmp_path / "other" / path.name))[0][0].id != before.id


def test_the_id_does_not_depend_on_how_the_file_is_named(folder, monkeypatch):
    absolute = read(folder / "a.txt")[0][0]
    monkeypatch.chdir(folder / "b")
    (folder / "link").symlink_to(folder, target_is_directory=True)
    assert read("../a.txt")[0][0].id == read(folder / "link" / "a.txt")[0][0].id == absolute.id
    assert Path(read("../a.txt")[0][0].source).is_absolute()


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        ("missing.txt", lambda path: None, "no such file"),
        ("photo.jpg", lambda path: path.write_bytes(b"\xff"), "none of .txt, .md, .html, .htm, .jsonl"),
        ("noend", lambda path: path.write_text("x"), "none of .txt"),
        ("pipe.txt", os.mkfifo, "a named pipe, not a file"),
        ("pipe.jsonl", os.mkfifo, "a named pipe, not a file"),
        ("zero.txt", lambda path: path.symlink_to("/dev/zero"), "a device, not a file"),
        ("dangling.txt", lambda path: path.symlink_to("nowhere"), "no such file"),
        ("empty.txt", lambda path: path.write_text(""), "holds no text"),
        ("blank.md", lambda path: path.write_text(" \n\t\n"), "holds no text"),
        ("front.md", lambda path: path.write_text("---\ntitle: x\n---\n"), "holds no text"),
        ("empty.html", lambda path: path.write_text(""), "no readable text"),
        ("nul.txt", lambda path: path.write_bytes(b"ab\0c"), "NUL at character 2"),
        ("folder", lambda path: path.mkdir(), "no file that is one of"),
    ],
)
def test_what_is_no_article_is_told_with_its_reason_and_the_rest_goes_on(tmp_path, name, make, why):
    (tmp_path / "a.txt").write_text("Before.")
    (tmp_path / "z.txt").write_text("After.")
    make(tmp_path / name)
    before, bad, after = read(tmp_path / "a.txt", tmp_path / name, tmp_path / "z.txt")[0]
    assert (before.text, after.text) == ("Before.", "After.")
    assert bad.where == str(tmp_path / name)
    assert why in bad.why


def test_a_socket_is_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("s.txt")
        assert reasons("s.txt") == [("s.txt", "it is a socket, not a file")]


@pytest.mark.parametrize("name", ["new\nline.txt", "tab\there.txt", "esc\x1b[31m.txt", "\udcff.txt", "bidi\u202e.txt"])
def test_odd_file_names_are_read_and_told_in_one_printable_line(tmp_path, name):
    (tmp_path / name).write_text("Text.")
    (good,) = read(tmp_path)[0]
    assert good.text == "Text." and good.source.isprintable() and good.id.isprintable()
    (tmp_path / name).write_text("")
    ((where, _),) = reasons(tmp_path)
    assert where.isprintable()


@pytest.mark.parametrize("name", ["nul\0.txt", "\ud800.txt", "x" * 5000 + ".txt", "", "."])
def test_paths_that_no_system_takes_are_told(tmp_path, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ((where, why),) = reasons(name)
    assert where.isprintable() and why


def test_a_text_longer_than_one_article_can_be_is_refused(tmp_path):
    (tmp_path / "long.txt").write_text("a" * 1_000_001)
    (tmp_path / "longer.txt").write_text("a" * 5_000_000)
    (tmp_path / "most.txt").write_text("é" * 1_000_000, encoding="utf-8")
    long, longer, most = read(tmp_path)[0]
    assert "1,000,001 characters" in long.why
    assert "more than 4,000,004 bytes" in longer.why
    assert len(most.text) == 1_000_000


def test_a_run_that_is_left_in_the_middle_leaves_no_process(folder):
    run = read_paths([folder / "e.html", folder / "f.htm"], notice=print)
    next(run)
    run.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_counting_knows_how_many_will_come(folder):
    assert count([folder]) == 6 == len(read(folder)[0])
    assert count([folder / "b" / "d.JSONL", "https://example.com/", folder / "missing.txt"]) == 4


def test_every_kind_of_file_that_is_taken_is_read(tmp_path):
    for suffix in SUFFIXES:
        text = PAGE if suffix.startswith(".htm") else '{"text": "x"}' if suffix == ".jsonl" else "x"
        (tmp_path / f"one{suffix}").write_text(text)
    assert [type(one) for one in read(tmp_path)[0]] == [Article] * len(SUFFIXES)


def test_the_examples_are_read_whole():
    found, notices = read(Path(__file__).parent.parent / "examples" / "articles")
    assert len(found) == 10 and all(isinstance(one, Article) for one in found) and notices == []
    assert all(250 <= len(one.text.split()) <= 600 for one in found)
    one, other = (one.text.split() for one in found if one.title.startswith("Larkin Hale"))
    assert [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]] == [("not", "now")]


def test_a_str_or_a_path_is_one_path(folder):
    for one in (folder / "b" / "deep", str(folder / "b" / "deep")):
        assert [found.title for found in read_paths(one, notice=pytest.fail)] == ["Ferry"]
        assert count(one) == 1


@pytest.mark.parametrize("link", ["outside", "outside.txt"])
def test_a_link_in_a_folder_is_not_followed_out_of_it(folder, tmp_path_factory, link):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "private.txt").write_text("Not meant.")
    (folder / "b" / link).symlink_to(outside / "private.txt" if link.endswith(".txt") else outside)
    (folder / "b" / "within.txt").symlink_to(folder / "a.txt")
    found, _ = read(folder)
    (told,) = (one for one in found if isinstance(one, UnreadableArticle))
    assert told.where == str(folder / "b" / link) and "leads out of the folder" in told.why
    assert len(found) == 7 and "Not meant." not in [getattr(one, "text", "") for one in found]


def test_a_link_that_is_given_is_followed(folder, tmp_path_factory):
    link = tmp_path_factory.mktemp("links") / "link"
    link.symlink_to(folder, target_is_directory=True)
    assert len(read(link)[0]) == 6


@pytest.mark.skipif(not Path("/proc/kmsg").exists(), reason="this system has no /proc/kmsg")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_blocks_in_proc_is_told_and_the_good_file_beside_it_is_in(tmp_path, suffix):
    (tmp_path / "good.txt").write_text("Good.")
    link = tmp_path / f"kmsg{suffix}"
    link.symlink_to("/proc/kmsg")
    for paths in ([tmp_path], [link, tmp_path / "good.txt"]):
        found, _ = read(*paths)
        assert [one.text for one in found if isinstance(one, Article)] == ["Good."]
        assert [one.where for one in found if isinstance(one, UnreadableArticle)] == [str(link)]


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="this system has no /proc")
def test_a_file_that_the_system_makes_up_is_no_article(tmp_path):
    (tmp_path / "version.txt").symlink_to("/proc/version")
    ((_, why),) = reasons(tmp_path / "version.txt")
    assert "makes it up" in why


def test_the_home_folder_and_what_holds_it_are_refused_unless_meant(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder / "b"))
    for home in (folder, folder / "b", folder / "b" / "deep" / ".."):
        ((where, why),) = reasons(home)
        assert where == str(home) and "your home folder" in why and "--anyway" in why
        assert count([home]) == 1
    assert len(read(folder / "b" / "deep")[0]) == 1
    assert len(read(folder, anyway=True)[0]) == 6 == count([folder], anyway=True)


def test_the_root_of_a_file_system_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(os, "listdir", lambda path: pytest.fail("the disk was walked"))
    ((where, why),) = reasons("/")
    assert where == "/" and "the root of a file system" in why
