import re

import polib
import pytest

from parallel_texts.errors import ParallelTextsError
from parallel_texts.i18n import UI_LANGUAGES, translator
from paths import ROOT

CATALOGUES = sorted((ROOT / "src/parallel_texts/locales").glob("*.po"))


def test_english_is_itself_and_unknown_languages_are_refused():
    assert translator("findings", "en")("{n} rows") == "{n} rows"
    with pytest.raises(ParallelTextsError, match="choose one of en, ru, zh"):
        translator("findings", "xx")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_catalogues_are_complete_and_keep_placeholders(path):
    catalogue = polib.pofile(str(path))
    assert [e.msgid for e in catalogue if not e.msgstr or e.obsolete] == []
    for entry in catalogue:
        assert sorted(re.findall(r"{\w*}", entry.msgid)) == sorted(
            re.findall(r"{\w*}", entry.msgstr)
        ), entry.msgid


def test_each_domain_has_the_same_messages_in_every_language():
    domains = {path.name.split(".")[0] for path in CATALOGUES}
    for domain in domains:
        ids = {
            lang: {
                e.msgid
                for e in polib.pofile(str(ROOT / f"src/parallel_texts/locales/{domain}.{lang}.po"))
            }
            for lang in UI_LANGUAGES
            if lang != "en"
        }
        assert len({frozenset(v) for v in ids.values()}) == 1, {
            k: sorted(v ^ next(iter(ids.values()))) for k, v in ids.items()
        }
