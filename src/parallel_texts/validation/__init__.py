"""Checks a corpus: schema, ids, pointers, languages, sources, numbers and dates.

Codes
-----

Files

- ``X101`` the file cannot be read: not well formed, hostile, or no TEI
- ``X102`` an element or attribute that the schema does not have there
- ``X103`` the file's name and its ``xml:id`` do not agree

Ids and pointers

- ``X201`` an ``xml:id`` that is given twice in a file
- ``X202`` a passage's or division's id has not the form ``zh.a3.s1``
- ``X203`` a pointer to something that is not there
- ``X204`` a pointer to an entry of another kind: a person's name that points to a place
- ``X205`` a translation of a text that does not exist

Headers

- ``X301`` languages of folder, ``xml:lang`` and witness do not agree
- ``X302`` not exactly one standing
- ``X303`` not exactly one origin
- ``X304`` a reconstruction that does not say so in a statement

Text

- ``X401`` a passage that names no source and is not marked editorial
- ``X402`` a date that is no date of the calendar
- ``X403`` a date's text and ``@when`` differ
- ``X404`` a number's text and ``@value`` or ``@quantity`` differ
- ``X405`` Traditional characters in a text marked ``zh-Hans``
- ``X406`` Latin letters inside a Russian word, or Cyrillic ones inside a Latin word
- ``X407`` an empty passage

Alignments

- ``X501`` a passage in no link, or in two
- ``X502`` a link with fewer than two targets

Each code is one small function of :data:`parallel_texts.validation.rules.RULES`.
"""

from parallel_texts.validation.problems import Problem
from parallel_texts.validation.rules import RULES
from parallel_texts.validation.run import validate

__all__ = ["RULES", "Problem", "validate"]
