"""Alignments for tests of exchange formats."""

from hypothesis import strategies as st

from parallel_texts.model import Alignment, Link, Passage

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20) | st.sampled_from(
    [
        "",
        "a <b> & 'c' \"d\" ]]> <!-- -->",
        "line\nbreak\r\ntab\there",
        "מסמך עברי ‏RTL‎",
        "zero\u200bwidth\u200djoiner\ufeffmark",
        "astral 𠀀 😀",
        "\ud83d lone",
        "C:\\new\\u{41} \\-",
        "∅",
        "=SUM(A1)",
        "_x0041_ _x000D_",
        "　全角空格　",
        "\x85\u2028\u2029\x0b\x0c\x1c",
        'msgid "x"\n#~ msgstr',
        "[zh] passages: x; at: 1; exported: a; state: done",
    ]
)
XML_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff"), max_size=20
) | st.sampled_from(["a <b> & 'c'", "line\nbreak", "מסמך", "zero\u200bwidth", "astral 𠀀 😀", ""])


@st.composite
def alignments(draw, texts=ANY_TEXT, languages=("ru", "zh"), gaps=True):
    """Alignments with m:n links, omissions and crossing links."""
    links = draw(st.integers(1, 5))
    sizes = {
        lang: draw(st.lists(st.integers(0 if gaps else 1, 3), min_size=links, max_size=links))
        for lang in languages
    }
    keep = [i for i in range(links) if any(sizes[lang][i] for lang in languages)] or [0]
    if not any(sizes[lang][i] for lang in languages for i in keep):
        sizes[languages[0]][0] = 1
    passages, sides = [], []
    for lang in languages:
        total = sum(sizes[lang][i] for i in keep)
        order = draw(st.permutations(range(total)))
        passages.append(
            tuple(Passage(f"{lang}.a1.s{n + 1}", draw(texts), lang) for n in range(total))
        )
        at = 0
        mine = []
        for i in keep:
            mine.append(tuple(sorted(order[at : at + sizes[lang][i]])))
            at += sizes[lang][i]
        sides.append(mine)
    return Alignment(
        tuple(languages),
        tuple(passages),
        tuple(
            Link(f"l{n + 1}", tuple(languages), tuple(side[n] for side in sides), confidence=0.75)
            for n in range(len(keep))
        ),
    )


def content(alignment):
    """What must survive: texts, ids, links."""
    return (
        alignment.languages,
        [[(p.id, p.text) for p in side] for side in alignment.passages],
        [(link.id, link.sides) for link in alignment],
    )
