"""What an article denies, supposes or takes from a forged paper is nobody's words."""

import pytest

from index.attribution.statements import find_statements
from index.language.sentences import sentences
from index.types import Article, Flag


def flagged(parser, text):
    doc = next(iter(parser.parse([text])))
    found = find_statements(Article("a", "", text), doc, sentences(doc))
    quoted = [said for said in found if text.index("the dam") >= said.content[0].start]
    innermost = min(quoted, key=lambda said: len(said.content[0]))
    return Flag.NOT_SAID in innermost.flags


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee denied saying “the dam is safe at all times.”",
        "Ann Lee denied ever having said “the dam is safe at all times.”",
        "Bo Chen said that Lee never said “the dam is safe at all times.”",
        "Ann Lee did not say “the dam is safe at all times.”",
        "Ann Lee didn’t say whether the dam was safe.",
        "A fake tweet has Ann Lee saying “the dam is safe at all times.”",
        "No engineer said “the dam is safe at all times.”",
        "Neither Lee nor Chen said “the dam is safe at all times.”",
        "If Ann Lee says “the dam is safe at all times,” she will lose.",
    ],
)
def test_what_was_not_said_is_flagged(parser, text):
    assert flagged(parser, text)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee said “the dam is safe at all times.”",
        "Ann Lee did not deny saying “the dam is safe at all times.”",
        "Ann Lee not only said “the dam is safe at all times,” but went there.",
        "Ann Lee did not criticize him by name but called it “a sham, like the dam that fell.”",
        "Ann Lee did not comment until Friday, when she said “the dam is safe at all times.”",
        "Ann Lee did not deny that “the dam is a danger to us all.”",
        "No Labels, a group of centrists, said “the dam is safe at all times.”",
        "The false report, which Ann Lee said “hurt the dam deeply at the time,” was taken down.",
        "Didn’t Ann Lee say “the dam is safe at all times”?",
        "Ann Lee denied that the dam was safe.",  # that she says
        "“Not now, as the dam is safe,” Ann Lee said.",
        "Ann Lee, who does not swim, said “the dam is safe at all times.”",
        "Ann Lee does not think that the dam is safe.",  # which she does
        "Ann Lee never slept and said “the dam is safe at all times.”",
        "The fake engineer fled, and Ann Lee said “the dam is safe at all times.”",
    ],
)
def test_what_was_said_is_not_flagged(parser, text):
    assert not flagged(parser, text)
