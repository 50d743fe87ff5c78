# ruff: noqa: E501
"""Errors put into legal text on purpose: each kind is a function from a text to a changed text, or None.

Nothing here is taken from the tables of the package: a mutation that asked the detector what it can see
would measure nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Mutation = Callable[[str, str, random.Random], "str | None"]

_NUMBER_WORDS = {
    "en": [("two", "four"), ("three", "five"), ("four", "six"), ("five", "three"), ("six", "nine"), ("seven", "ten"),
           ("ten", "fifteen"), ("twelve", "eighteen"), ("fifteen", "fifty"), ("twenty", "thirty"), ("thirty", "sixty"),
           ("forty", "sixty"), ("hundred", "thousand"), ("ninetieth", "sixtieth"), ("twentieth", "thirtieth"), ("two-thirds", "three-quarters"),
           ("one per cent", "two per cent"), ("one year", "two years"), ("one vote", "two votes"), ("million", "billion")],
    "ru": [("двадцать", "тридцать"), ("две трети", "три четверти"), ("двух", "четырёх"), ("три", "пять"), ("четыре", "шесть"), ("пяти", "трёх"), ("пять", "три"),
           ("шесть", "девять"), ("семи", "десяти"), ("десяти", "пятнадцати"), ("двенадцати", "восемнадцати"),
           ("пятнадцать", "пятьдесят"), ("тридцати", "шестидесяти"), ("сорока", "шестидесяти"), ("триста", "пятьсот"),
           ("девяностый", "шестидесятый"), ("двадцатой", "тридцатой"), ("одного процента", "двух процентов"), ("одного года", "двух лет"), ("один голос", "два голоса"), ("миллионов", "миллиардов")],
}  # fmt: skip
_ZH_DIGITS = dict(zip("二三四五六七八九两", "五七八三九二六四三", strict=True))
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
}
_SWAPS = {
    "zh": [("中方", "苏方"), ("(?<!发展)中国", "苏联"), ("买方", "卖方"), ("许可人", "您")],
    "ru": [("Китайск", "Советск"), ("китайск", "советск"), ("Продав(?:ец|ца|цу|цом)", "Покупател(?:ь|я|ю|ем)"), (r"\bЛицензиар\b", r"\bВы\b")],
    "en": [("Chinese", "Soviet"), ("Seller", "Buyer"), ("Licensor", "User")],
}  # fmt: skip
_CASES = {
    "Продавец": "Покупатель",
    "Продавца": "Покупателя",
    "Продавцу": "Покупателю",
    "Продавцом": "Покупателем",
}
_NAMES = {
    "zh": [("旅顺口", "秦皇岛"), ("周恩来", "刘少奇"), ("彭德怀", "聂荣臻"), ("华沙", "布拉格"), ("海参崴", "伯力"), ("大连", "青岛"), ("北京", "沈阳"), ("东北", "西北")],
    "ru": [("Порт-Артура", "Циньхуандао"), ("Чжоу Эньлай", "Лю Шаоци"), ("Пэн Дэхуай", "Не Жунчжэнь"), ("Варшаве", "Праге"), ("Владивостоке", "Хабаровске"), ("Дальний", "Циндао"), ("Пекинский", "Шэньянский"), ("Северо-Восточном", "Северо-Западном")],
    "en": [("Port Arthur", "Qinhuangdao"), ("Zhou Enlai", "Liu Shaoqi"), ("Peng Dehuai", "Nie Rongzhen"), ("Warsaw", "Prague"), ("Vladivostok", "Khabarovsk"), ("Dalian", "Qingdao"), ("Beijing", "Shenyang"), ("North-East", "North-West")],
}  # fmt: skip

_WEAKEN = {
    "zh": [("必须", "可以"), ("应当", "可以"), ("应该", "可以"), (r"(?<![相反供适])应(?=[^用])", "可"), (r"(?<![必无])须", "可")],
    "ru": [(r"(?<!не )\bдолжен\b", "может"), (r"(?<!не )\bдолжна\b", "может"), (r"(?<!не )\bдолжно\b", "может"), (r"(?<!не )\bдолжны\b", "могут"),
           (r"(?<!не )\bобязан\b", "вправе"), (r"(?<!не )\bобязана\b", "вправе"), (r"\bобязуются\b(?! не)", "могут"), (r"\bобязуется\b(?! не)", "может")],
    "en": [(r"\bshall\b(?! not)", "may"), (r"\bmust\b(?! not)", "may"), (r"\bundertake to\b", "may")],
}  # fmt: skip
_STRENGTHEN = {
    "zh": [("可以", "必须"), (r"(?<![不许])可(?=[在由随])", "必须"), ("有权", "必须")],
    "ru": [(r"(?<!не )\bможет\b(?! не)", "должен"), (r"(?<!не )\bмогут\b(?! не)", "должны"), (r"(?<!не )\bвправе\b", "обязан"), (r"\bимеет право\b", "обязан"), (r"\bимеют право\b", "обязаны")],
    "en": [(r"\bmay\b(?! not| only)", "shall"), (r"\b(?:has|have) the right to\b", "must"), (r"\b(?:is|are) entitled to\b", "must have")],
}  # fmt: skip
_RIGHT_TO_DUTY = {
    "zh": [("有权", "有义务"), ("的权利", "的义务"), ("有资格", "有义务")],
    "ru": [(r"\b(имеет|имеют) право\b", r"\1 обязанность"), (r"\bвправе\b", "обязан"), (r"\bправо\b", "обязанность")],
    "en": [(r"\bthe right\b", "the duty"), (r"\b(is|are) entitled\b", r"\1 obliged"), (r"\bhas the right\b", "has the duty")],
}  # fmt: skip
_NEGATION = {
    "zh": [("不得(?!不)", "可以"), ("不应", "应"), ("无须", "须"), ("没有义务", "有义务"), ("不(?=[受作参对])", ""), ("有权", "无权"), (r"(?<![相反供适不])应(?=[^用])", "不应"), ("必须", "不得"), ("可以", "不得")],
    "ru": [(r"\bне (?=должен|должна|должно|должны|может|могут|вправе|обязан|несёт|даёт|имеет|подлежит|создаёт|участвовать)", ""), (r"\b(имеет|имеют) право\b", r"не \1 права"), (r"\b(должен|должна|должны|должно|может|могут|вправе|обязан|обязана)\b", r"не \1"), (r"(?<!не )\b(?!приоритет|суверенитет|иммунитет|авторитет|комитет|предмет|совет|пункт|нейтралитет)([а-яё]+(?:ет|ют|ит|ят|ется|ются))\b", r"не \1")],
    "en": [(r"\b(shall|may|must|does|is|are) not\b", r"\1"), (r"\b(shall|must|may)\b(?! not)", r"\1 not"), (r"\bhas the right\b", "does not have the right"), (r"\b(is|are) entitled\b", r"\1 not entitled")],
}  # fmt: skip
_CONDITION = {
    "zh": [r"未经[^，。；,]{2,20}，", r"(?:经双方|经双方书面)同意，", r"除[^，。；,]{2,24}(?:外|以外)，", r"如[^，。；,]{4,40}[，,]", r"(?:，|,)?(?:而)?无须事先通知", r"在[^，。；,]{2,24}情况下[，,]?", r"非经[^，。；]{2,10}，",
           r"[，,]在[^，。；,]{4,60}(?:以前|时)(?=[，,])", "立即", r"在收到[^，。；,]{2,20}后[^，。；,]{2,6}日内", r"只有[^，。；,]{4,30}才"],
    "ru": [r"[,;]? ?\bбез (?:\w+ ){0,3}(?:согласия|уведомления|разрешения|возмещения)(?: \w+ \w+)?", r"^Если [^,]{6,80}, ", r", если [^.;]{6,90}(?=[.;])", r"^По взаимному согласию Сторон ", r", за исключением [^.;]{6,80}(?=[.;])", r"^В случае [^,]{6,70}(?:, )?(?=[А-Яа-я])",
           r" при условии[^,.;]{6,60}", r" до тех пор, пока [^,.;]{6,80}", r" немедленно| незамедлительно", r"^При осуществлении [^,.;]{6,40} (?=каждый)", r"; при необходимости (?=могут)", r" только при[^.;,]{6,60}"],
    "en": [r",? without (?:the |prior |any )*(?:\w+ )?(?:consent|notice|compensation)(?: of the other Party)?", r"^If [^,]{6,90}, ", r" if [^.;,]{6,90}(?=[.;,])", r" by mutual consent of the Parties", r",? except [^.;]{6,80}(?=[.;])", r"^In (?:the event|case|an emergency)[^,]{0,60}, ", r" until [^.;,]{6,80}",
           r" immediately", r"^In the exercise of [^,]{6,60}, ", r" only with [^.;,]{6,70}", r" unless [^.;,]{6,60}", r" in the case of [^.;,]{6,140}(?=[.;,])"],
}  # fmt: skip
_HEDGE = {
    "zh": [(r"(?<![相反供适不])应当?", r"\g<0>尽可能"), ("必须", "原则上必须"), ("有权", "原则上有权"), ("不得", "一般情况下不得"), ("可以", "必要时可以")],
    "ru": [(r"\b(должен|должна|должно|должны|обязан|обязана|обязаны|имеет|имеют|может|могут|вправе)\b", r"по возможности \1"), (r"\b(\w+(?:ет|ют|ит|ят|ется|ются))\b", r"как правило, \1")],
    "en": [(r"\b(shall|must)\b", r"\1, as far as possible,"), (r"\b(has|have) the right\b", r"\1, in principle, the right"), (r"\b(is|are) entitled\b", r"\1 in principle entitled"), (r"\bmay\b", "may, where appropriate,")],
}  # fmt: skip
_DENIAL = {
    "zh": [(r"不(?=[受分遭致经能被予因以在服]|是)", ""), ("未经", "已经"), (r"未(?=[被获受])", ""), ("没有", "有"), (r"无(?=任何|正当|须)", "有")],
    "ru": [(r"\b[Бб]ез\b", "с"), (r"\b[Нн]е (?!только|позднее|позже|ранее|менее|более|свыше|превы)", "")],
    "en": [(r"\b[Ww]ithout\b", "with"), (r"\bnot (?!only|later|less|more|earlier|exceed)", ""), (r"\bNo one\b", "Everyone"), (r"\bno (?!one|less|more|later)(?=\w)", "a ")],
}  # fmt: skip
_WITHOUT = {
    "zh": r"[，,]?不(?:受|分|因|问)[^，,。；;]{2,30}(?=[，,。；;])",
    "ru": r",? без [^.;,]{6,60}(?=[.;,])",
    "en": r",? without [^.;,]{6,60}(?=[.;,])",
}
_SPLIT = {
    "zh": r"(?<=[。；])",
    "ru": r"(?<=[.;])\s+(?=[А-ЯЁа-яё])",
    "en": r"(?<=[.;])\s+(?=[A-Za-z])",
}


def number(text: str, lang: str, rng: random.Random) -> str | None:
    digits = [
        m
        for m in re.finditer(r"(?<![\d年月.,:])\d+(?![\d年月日.])", text)
        if not _in_date(text, m, lang)
    ]
    if digits:
        match = rng.choice(digits)
        return _put(text, match, str(int(match[0]) * 2 + 10))
    if lang == "zh":
        spots = [
            m
            for m in re.finditer(
                r"(?<=[分十百千至约共])[二三四五六七八九]|[二三四五六七八九两](?=[十百个年人处架份天日万亿批])",
                text,
            )
            if not re.match(
                r"[^，。]{0,3}[年月]\d?[一二三四五六七八九十]{0,2}[月日]", text[m.end() :]
            )
        ]
        spots = [m for m in spots if not re.search(r"[〇零一二三四五六七八九]$", text[: m.start()])]
        if not spots:
            return None
        match = rng.choice(spots)
        return _put(text, match, _ZH_DIGITS[match[0]])
    return _replace_first(text, [(rf"\b{a}\b", b) for a, b in _NUMBER_WORDS[lang]])


def _in_date(text: str, match: re.Match[str], lang: str) -> bool:
    around = text[max(0, match.start() - 12) : match.end() + 14]
    return any(month in around for month in _MONTHS.get(lang, [])) or (
        len(match[0]) == 4 and match[0].startswith("19")
    )


def date(text: str, lang: str, rng: random.Random) -> str | None:
    if lang == "zh":
        match = re.search(r"(\d{1,2})月", text)
        if match:
            return _put(text, match, f"{int(match[1]) % 12 + 1}月")
        match = re.search(r"(19\d\d)年", text)
        if match:
            return _put(text, match, f"{int(match[1]) + 1}年")
        match = re.search(r"([一二三四五六七八九])月", text)
        return (
            _put(
                text, match, "一二三四五六七八九十"["一二三四五六七八九".index(match[1]) + 1] + "月"
            )
            if match
            else None
        )
    months = _MONTHS[lang] + ([m[:-1] + "е" for m in _MONTHS["ru"]] if lang == "ru" else [])
    for number_, month in enumerate(months):
        pattern = rf"\b{month}\b" if month != "May" else r"\bMay\b(?= \d)"
        if re.search(pattern, text):
            base = number_ - number_ % 12
            return re.sub(pattern, months[base + (number_ + 1) % 12], text, count=1)
    match = re.search(r"\b(19\d\d)\b", text)
    return _put(text, match, str(int(match[1]) + 1)) if match else None


_OF_LANGUAGE = re.compile(
    r"[Ll]anguage|язык|文本|[中俄]文|-Soviet|-Chinese|[Сс]оветско-|[Кк]итайско-"
)
"""Names of languages and of a relation are no parties."""


def party(text: str, lang: str, rng: random.Random) -> str | None:
    if lang == "ru":
        for a, b in _CASES.items():
            text = text.replace(a, f"\0{b}\0") if a in text else text.replace(b, f"\0{a}\0")
        if "\0" in text:
            return text.replace("\0", "")
    for a, b in _SWAPS[lang]:
        if re.search(f"{a}|{b}", text) and "(?:" not in a and not _OF_LANGUAGE.search(text):
            plain = [re.sub(r"\\b|\(\?<![^)]*\)", "", each) for each in (a, b)]
            return re.sub(f"{a}|{b}", lambda m, p=plain: p[1] if m[0] == p[0] else p[0], text)
    return None


def name(text: str, lang: str, rng: random.Random) -> str | None:
    return _replace_first(text, [(re.escape(a), b) for a, b in _NAMES[lang]])


_DENIED = re.compile(
    r"\b[Nn]o one\b|\b[Nn]either\b|\b[Nn]othing\b|\b[Nn]or\b|\bno case\b|\bno circumstances\b|\b[Nn]o (?:[\w-]+ ){1,6}(?:shall|may)\b|\b[Нн]икто\b|\b[Нн]ичто\b|\b[Нн]и (?:одн|в коем|при)|\b[Нн]икак|任何人(?:的[^，。,]{1,14})?不|任何一方(?:均|都)?[不无]|不得|不应"
)
_ONLY = re.compile(r"\bonly\b|\bsolely\b|\bтолько\b|\bлишь\b|只|仅|才")
_HANGING = re.compile(
    r"\b(?:as|which|who|that|where|when|if|whether)(?: (?!shall|may)[\w-]+){0,3} (?:may|shall)\b|котор\w+(?: \w+){0,3} (?:мо[гж]|долж)\w+|可能|所[应可]"
)
"""In such clauses "may" and "shall" say much the same."""


def weaken(text: str, lang: str, rng: random.Random) -> str | None:
    """A prohibition with "may" for "shall" still prohibits, "may only" still binds: see :func:`_is_plain`."""
    return _replace_first(text, _WEAKEN[lang], _is_plain)


def strengthen(text: str, lang: str, rng: random.Random) -> str | None:
    return _replace_first(text, _STRENGTHEN[lang], _is_plain)


def _is_plain(text: str, match: re.Match[str]) -> bool:
    """Tell whether another modal word would say something else there: nothing is denied or limited in its clause."""
    start = max(text.rfind(mark, 0, match.start()) for mark in ".;。；") + 1
    clause = re.split("[.;。；]", text[start:])[0]
    hangs = any(
        m.start() < match.end() and match.start() < m.end() for m in _HANGING.finditer(text)
    )
    return not (hangs or _DENIED.search(clause) or _ONLY.search(clause))


def right_to_duty(text: str, lang: str, rng: random.Random) -> str | None:
    return _replace_first(text, _RIGHT_TO_DUTY[lang])


def negation(text: str, lang: str, rng: random.Random) -> str | None:
    if lang == "en" and re.search(r"\b[Nn]either\b|\b[Nn]o one\b|\b[Nn]othing\b", text):
        return None
    return _replace_first(text, _NEGATION[lang])


def denial(text: str, lang: str, rng: random.Random) -> str | None:
    """Take out a denial wherever it stands: "with any distinction", 受任何歧视."""
    spots = [(m, new) for pattern, new in _DENIAL[lang] for m in re.finditer(pattern, text)]
    if not spots:
        return None
    match, new = rng.choice(spots)
    changed = _put(text, match, new)
    return changed[0].upper() + changed[1:]


def without(text: str, lang: str, rng: random.Random) -> str | None:
    """Drop what says without what something is done."""
    cuts = list(re.finditer(_WITHOUT[lang], text))
    return _put(text, rng.choice(cuts), "") if cuts else None


def condition(text: str, lang: str, rng: random.Random) -> str | None:
    changed = _replace_first(text, [(pattern, "") for pattern in _CONDITION[lang]])
    return changed[0].upper() + changed[1:] if changed and len(changed) > 8 else None


def hedge(text: str, lang: str, rng: random.Random) -> str | None:
    return _replace_first(text, _HEDGE[lang])


def sentence(text: str, lang: str, rng: random.Random) -> str | None:
    parts = [
        p for p in re.split(_SPLIT[lang], text.strip()) if len(p) > (6 if lang == "zh" else 20)
    ]
    if len(parts) < 2:
        return None
    parts.pop(rng.randrange(len(parts)))
    return ("" if lang == "zh" else " ").join(parts)


def phrase(text: str, lang: str, rng: random.Random) -> str | None:
    """Drop a stretch between two commas, an item of a list, or a prepositional phrase before a stop.

    Cuts that leave no sentence are not made, see :func:`_is_sane`.
    """
    if lang == "zh":
        comma = r"[，、,][^，、,。；.;]{4,90}(?=[，、,])"
        after = (
            r"(?:(?:和|以及|或)[^，、,。；的]{3,14}(?=[的。，,])|并[^，、,。；的]{3,14}(?=[。，,]))"
        )
    else:
        comma = r",(?!\d)[^,。；.;]{14,90}(?=,(?!\d))"
        joiner = r"\s(?:и|или)\s" if lang == "ru" else r"\s(?:and|or)\s"
        place = (
            r"\s(?:на|в|для|по|при|от|под)\s"
            if lang == "ru"
            else r"\s(?:in|of|for|by|on|from|under|with|throughout)\s"
        )
        after = rf"(?:{joiner}|{place})[^,.;]{{12,60}}(?=[.;,](?!\d))"
    for pattern in (comma, after):
        cuts = [m for m in re.finditer(pattern, text) if _is_sane(text, m, lang)]
        if cuts:
            return _put(text, rng.choice(cuts), "")
    return None


_DANGLING = {
    "zh": re.compile("(?:和|及|以及|或|与|并|的|在|对|由)$"),
    "ru": re.compile(r"(?:^|[\s,])(?:и|или|на|в|с|к|по|для|при|от|что|котор\w+)\s*$"),
    "en": re.compile(r"(?:^|[\s,])(?:and|or|in|of|for|by|on|from|with|to|that|which|who)\s*$"),
}
"""The end of a stretch after which something of its own has to come."""
_HEADLESS = re.compile(
    r",?\s*(?:(?:\w+\s)?котор\w+|когда|где|чтобы|что|если|which|who|whom|whose|where|when|that|if)\b"
)
"""The beginning of a clause that hangs on the words before it."""
_VERB = {
    "zh": re.compile("应|须|得|可|有权|是|为|予"),
    "ru": re.compile(
        r"\w{2,}(?:[еёиую]т|[ая]т|[еуюиая]тся|ёт|ётся)\b|\b(?:долж\w+|мо[гж]\w+|вправе|обязан\w*)\b"
    ),
    "en": re.compile(r"\b(?:shall|may|must|can|will|is|are|was|were|has|have|had|do|does)\b"),
}


def _is_sane(text: str, cut: re.Match[str], lang: str) -> bool:
    """Tell whether what is left can be read: something is dropped, and nothing left hanging."""
    rest = text[cut.end() :]
    clause = re.split("[.;。；]", text[: cut.start()])[-1] + re.split("[.;。；]", rest)[0]
    if len(cut[0]) >= 0.6 * len(text) or _DANGLING[lang].search(cut[0]):
        return False
    if _VERB[lang].search(cut[0]) and not _VERB[lang].search(clause):
        return False
    return _is_list_item(cut[0], rest) if lang == "zh" else not _HEADLESS.match(rest)


def _is_list_item(dropped: str, rest: str) -> bool:
    """A list goes on after an item of its middle, not after its first or beyond its last."""
    if dropped[0] == "、":
        return rest[0] == "、" or not re.search("[和及或与]", dropped)
    return rest[0] != "、"


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _replace_first(
    text: str,
    pairs: list[tuple[str, str]],
    is_fit: Callable[[str, re.Match[str]], bool] = lambda text, match: True,
) -> str | None:
    for pattern, new in pairs:
        for match in re.finditer(pattern, text):
            changed = _put(text, match, match.expand(new))
            if is_fit(text, match) and changed != text:
                return re.sub(" +", " ", changed)
    return None


KINDS: dict[str, Mutation] = {
    "number": number, "date": date, "party": party, "name": name, "weaken": weaken, "strengthen": strengthen,
    "right-to-duty": right_to_duty, "negation": negation, "denial": denial, "without": without, "condition": condition, "hedge": hedge,
    "sentence": sentence, "phrase": phrase,
}  # fmt: skip
EXPECTED = {
    "number": ("V102", "V103"), "date": ("V103", "V102"), "party": ("V105", "V108"), "name": ("V108",), "weaken": ("V104",),
    "strengthen": ("V104",), "right-to-duty": ("V104",), "negation": ("V106", "V104"), "denial": ("V106", "V104"), "without": ("V106", "V107", "V110"),
    "condition": ("V107", "V110", "V106"), "hedge": ("V107", "V110"), "sentence": ("V110", "V104", "V106", "V107"), "phrase": ("V110", "V107", "V108"),
}  # fmt: skip
"""Codes that name the kind of change; a finding of another code is counted as found, not as right."""
