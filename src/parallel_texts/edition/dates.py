"""ISO dates as readers of each interface language write them."""

from __future__ import annotations

from parallel_texts.edition.labels import Translate

__all__ = ["MONTHS", "MONTHS_OF_YEARS", "day"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS_OF_YEARS = tuple(f"{month} {{year}}" for month in MONTHS)
"""Messages of their own: a month without a day takes another case in Russian."""


def day(iso: str, translate: Translate) -> str:
    """Return ``27 September 1955`` for ``1955-09-27``; what is no ISO date comes back as it is.

    >>> day("1955-09-27", str), day("1955-09", str), day("1955", str)
    ('27 September 1955', 'September 1955', '1955')
    """
    parts = iso.split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return iso
    numbers = [int(part) for part in parts]
    if len(numbers) == 1:
        return translate("{year}").format(year=numbers[0])
    if not 1 <= numbers[1] <= len(MONTHS):
        return iso
    if len(numbers) == 2:
        return translate(MONTHS_OF_YEARS[numbers[1] - 1]).format(year=numbers[0])
    month = translate(MONTHS[numbers[1] - 1])
    return translate("{day} {month} {year}").format(day=numbers[2], month=month, year=numbers[0])
