"""Small works for the tests of the edition: each shows one thing a page must show."""

from __future__ import annotations

from dataclasses import replace

from parallel_texts.model import (
    Alignment,
    Authority,
    Corpus,
    Division,
    Evidence,
    Finding,
    Link,
    Mention,
    Passage,
    Version,
    Work,
)

LANGS = ("zh", "ru", "en")
TAGS = {"zh": "zh-Hans", "ru": "ru", "en": "en"}

AUTHORITIES = (
    Authority(
        "cn",
        "party",
        (("zh", ("中华人民共和国", "中方")), ("ru", ("Китай",)), ("en", ("China", "Chinese side"))),
    ),
    Authority(
        "su", "party", (("zh", ("苏联", "苏方")), ("ru", ("СССР",)), ("en", ("Soviet Union",)))
    ),
    Authority(
        "place.chita",
        "place",
        (("zh", ("赤塔",)), ("ru", ("Чита",)), ("en", ("Chita",))),
        facts=(("country", "Russia"),),
    ),
    Authority("shen", "source", (("en", ("Shen Zhihua, Unrealized Cooperation",)),)),
)

TEXTS = {
    "pre": {"zh": ("双方代表在赤塔会晤。",), "ru": ("Представители Сторон встретились в Чите.",),
            "en": ("Representatives of both sides met at Chita.",)},
    "a1": {"zh": ("苏方飞机可以降落，无须事先通知。", "中方飞机应提前24小时通知苏方。"),
           "ru": ("Советские самолёты могут совершать посадку без уведомления.",
                  "Китайские самолёты обязаны уведомлять Советскую Сторону за 24 часа."),
           "en": ("Soviet aircraft may land without notice; Chinese aircraft shall give notice 48 hours"
                  " in advance.",)},
    "a2": {"zh": ("中方修建机场。",), "ru": ("Китайская Сторона строит аэродромы.",
                                        "Расходы несёт Китайская Сторона."),
           "en": ("The Chinese side builds airfields.",)},
}  # fmt: skip
HEADS = {
    "pre": {"zh": "", "ru": "", "en": ""},
    "a1": {"zh": "第一条", "ru": "Статья 1", "en": "Article 1"},
    "a2": {"zh": "第二条", "ru": "Статья 2", "en": "Article 2"},
}
MENTIONS = {
    "zh.pre.s1": (Mention("place", "place.chita", 5, 7),),
    "ru.pre.s1": (Mention("place", "place.chita", 35, 39),),
    "en.pre.s1": (Mention("place", "place.chita", 37, 42),),
    "zh.a1.s2": (Mention("party", "cn", 0, 2), Mention("number", "24", 7, 9)),
    "en.a1.s1": (Mention("party", "su", 0, 15), Mention("number", "48", 69, 71)),
}


def passage(lang: str, division: str, number: int, text: str) -> Passage:
    key = f"{lang}.{division}.s{number}"
    return Passage(
        key, text, lang, division, sources=("shen.p31", "shen.n12"), mentions=MENTIONS.get(key, ())
    )


def division(lang: str, key: str) -> Division:
    texts = enumerate(TEXTS[key][lang], 1)
    kind = "preamble" if key == "pre" else "article"
    passages = tuple(passage(lang, key, number, text) for number, text in texts)
    return Division(key, kind, key.removeprefix("a") if kind == "article" else "",
                    HEADS[key][lang], passages)  # fmt: skip


def version(lang: str, work: str = "chita-1955") -> Version:
    standing = "authentic" if lang == "ru" else "editorial-translation"
    return Version(
        work, lang, TAGS[lang], f"Title in {lang}", standing, "reconstruction",
        tuple(division(lang, key) for key in TEXTS),
        translation_of=None if lang == "ru" else "ru", responsible="The authors",
        note="Reconstruction: not an authentic document.",
    )  # fmt: skip


def small_work(work: str = "chita-1955") -> Work:
    titles = (("zh", "赤塔协定"), ("ru", "Читинское соглашение"), ("en", "Chita agreement"))
    return Work(
        work, "agreement", titles, tuple(version(lang, work) for lang in LANGS),
        date="1955-09-27", place="place.chita", parties=("cn", "su"),
    )  # fmt: skip


SIDES = (((0,), (0,), (0,)), ((1, 2), (1, 2), (1,)), ((3,), (3,), (2,)), ((), (4,), ()))


def small_alignment(work: Work) -> Alignment:
    links = tuple(
        Link(f"l{number}", LANGS, sides, score=0.9, confidence=0.9, moved=number == 3)
        for number, sides in enumerate(SIDES, 1)
    )
    return Alignment(LANGS, tuple(v.passages for v in work.versions), links, work=work.id)


def quote(text: Passage, words: str) -> Evidence:
    start = text.text.index(words)
    return Evidence(text.lang, text.id, start, start + len(words), words)


def small_findings(work: Work, message: str | None = None) -> tuple[Finding, ...]:
    found = _findings(work)
    return tuple(replace(f, message=message, rule=message) for f in found) if message else found


def _findings(work: Work) -> tuple[Finding, ...]:
    zh, ru, en = (v.passages for v in work.versions)
    return (
        Finding("P204", "party", work.id, "l2", LANGS, "Soviet aircraft land without notice.", 0.82,
                "unequal-condition",
                (quote(zh[1], "无须事先通知"), quote(ru[1], "без уведомления"), quote(en[1], "without notice"))),
        Finding("V102", "version", work.id, "l2", LANGS, "24 in Chinese, 48 in English.", 0.97,
                "numbers-differ", (quote(zh[2], "24"), quote(en[1], "48 hours"))),
        Finding("V101", "version", work.id, "l4", LANGS, "Only the Russian text has this.", 0.6,
                "omission", (quote(ru[4], ru[4].text),), status="confirmed"),
        Finding("A302", "authenticity", work.id, work.id, LANGS, "No text is declared authentic.",
                0.3, "authentic-texts-declared"),
    )  # fmt: skip


def small_corpus(*works: Work) -> Corpus:
    return Corpus("corpora", works or (small_work(),), AUTHORITIES)


def many_work() -> tuple[Work, Alignment]:
    """The small work in five languages, one of them in traditional characters, one right to left."""
    base = small_work("many")
    extra = tuple(
        replace(base.versions[where], lang=lang, language_tag=tag, title=f"Title in {lang}", divisions=tuple(
            replace(d, passages=tuple(replace(p, id=p.id.replace(old, lang, 1), lang=lang) for p in d.passages))
            for d in base.versions[where].divisions))
        for where, old, lang, tag in ((0, "zh", "yue", "zh-Hant"), (2, "en", "ar", "ar"))
    )  # fmt: skip
    work = replace(base, versions=(*base.versions, *extra))
    langs = work.languages
    links = tuple(
        Link(f"l{n}", langs, (*sides, sides[0], sides[2])) for n, sides in enumerate(SIDES, 1)
    )
    return work, Alignment(langs, tuple(v.passages for v in work.versions), links, work=work.id)


HOSTILE = "<script>window.ran=1</script>\"'><img src=x onerror=window.ran=1>\u202eevil\u2066"


def hostile_work() -> Work:
    """Script, quotes and direction overrides in every string a file can bring in."""
    work = small_work('../"><script>x')
    versions = tuple(_hostile_version(v) for v in work.versions)
    return replace(
        work,
        versions=versions,
        titles=(("en", HOSTILE),),
        kind=HOSTILE,
        date="1955-<b>",
        place=HOSTILE,
    )


def _hostile_version(version: Version) -> Version:
    divisions = tuple(
        replace(
            d,
            id=f'{d.id}" onclick="x',
            n=HOSTILE,
            head=HOSTILE,
            passages=tuple(
                replace(
                    p,
                    text=f"{p.text} {HOSTILE}",
                    division=f'{d.id}" onclick="x',
                    sources=(HOSTILE,),
                    mentions=(*p.mentions, Mention("term", HOSTILE, 0, 1)),
                )
                for p in d.passages
            ),
        )
        for d in version.divisions
    )
    return replace(
        version, title=HOSTILE, standing=HOSTILE, origin=HOSTILE, note=HOSTILE, responsible=HOSTILE,
        divisions=divisions,
    )  # fmt: skip


def long_work(rows: int, work: str = "long") -> tuple[Work, Alignment]:
    """A work of ``rows`` rows, twelve to an article, in three languages."""
    texts = {"zh": "缔约双方第{n}次确认，任何一方不得在未通知另一方的情况下采取上述行动。",
             "ru": "Договаривающиеся Стороны в {n}-й раз подтверждают, что ни одна из них не предпримет таких действий без уведомления.",
             "en": "The Contracting Parties confirm for the {n}th time that neither shall take such action without notice to the other."}  # fmt: skip
    versions = tuple(
        Version(work, lang, TAGS[lang], f"Long {lang}", "authentic", "transcription",
                tuple(_long_division(lang, text, start, rows) for start in range(0, rows, 12)))
        for lang, text in texts.items()
    )  # fmt: skip
    long = Work(work, "agreement", (("en", "A long agreement"),), versions)
    links = tuple(Link(f"l{n + 1}", LANGS, ((n,), (n,), (n,))) for n in range(rows))
    return long, Alignment(LANGS, tuple(v.passages for v in versions), links, work=work)


def _long_division(lang: str, text: str, start: int, rows: int) -> Division:
    key = f"a{start // 12 + 1}"
    passages = tuple(
        Passage(f"{lang}.{key}.s{n - start + 1}", text.format(n=n), lang, key)
        for n in range(start, min(start + 12, rows))
    )
    return Division(key, "article", key[1:], f"Article {key[1:]}", passages)
