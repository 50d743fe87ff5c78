"""Articles of two or three passages must align as well as long texts do.

Centring vectors on so few passages would leave nothing to compare, so what is centred must be
the whole text (or more), never one division.
"""

from parallel_texts.alignment import align
from parallel_texts.corpus import installed_corpus, kept_alignment, load_corpus
from parallel_texts.evaluation import evaluate
from parallel_texts.plain import divide

RU = """Статья 1
Стороны ежедневно обмениваются сведениями о самолётах противника.
Сведения передаются по радио.

Статья 2
Советские самолёты могут производить посадку на китайских аэродромах.
Топливо предоставляет Китайская Сторона.

Статья 3
Соглашение вступает в силу со дня подписания."""
EN = """Article 1
The Parties shall exchange information on enemy aircraft every day.
Information shall be sent by radio.

Article 2
Soviet aircraft may land at Chinese airfields.
Fuel shall be supplied by the Chinese Side.

Article 3
The Agreement shall enter into force on the day of its signature."""
ZH = """第一条
双方每日交换敌机情报。
情报以无线电传送。

第二条
苏联飞机可在中国机场降落。
燃料由中方供给。

第三条
本协定自签字之日起生效。"""


def test_short_articles_align_one_to_one():
    found = align({"zh": divide(ZH, "zh"), "ru": divide(RU, "ru"), "en": divide(EN, "en")})
    assert [link.shape for link in found] == ["1:1:1"] * 5


def test_the_corpus_is_aligned_much_as_a_person_aligned_it():
    corpus = load_corpus(installed_corpus())
    checked = [(w, kept_alignment(corpus, w)) for w in corpus.works]
    scores = [
        evaluate(gold, align({v.lang: v.divisions for v in work.versions}, work=work.id)).strict.f1
        for work, gold in checked
        if gold is not None and gold.checked
    ]
    assert scores
    assert sum(scores) / len(scores) > 0.85
