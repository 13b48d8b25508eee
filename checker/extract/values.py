"""Writes the values of a workbook's cells as a reader sees them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from checker.extract.words import words

_TOKENS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|y+|m+|d+|h+|s+|AM/PM|.', re.IGNORECASE | re.DOTALL)


def shown_value(value: object, form: str) -> str:
    """Give a cell's value as its number format shows it, in Norwegian.

    Example:
        >>> from datetime import datetime
        >>> shown_value(datetime(2026, 10, 14), "d. mmmm yyyy"), shown_value(0.4, "0%")
        ('14. oktober 2026', '40 %')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return words("truth")[value]
    if isinstance(value, datetime):
        return _shown_date(value, form, has_time=bool(value.time() != time()))
    if isinstance(value, date):
        return _shown_date(datetime(value.year, value.month, value.day), form, has_time=False)
    if isinstance(value, time):
        return value.strftime("%H:%M" if not value.second else "%H:%M:%S")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, int | float):
        return _shown_number(float(value), form)
    text = str(value)
    return "" if text.startswith("#") and text.endswith(("!", "?", "/A")) and " " not in text else text


def _shown_number(value: float, form: str) -> str:
    main = form.split(";", maxsplit=1)[0]
    decimals = len(main.split(".", 1)[1].rstrip("%_) ").replace("#", "0")) if "." in main else 0
    if "%" in main:
        return f"{value * 100:.{min(decimals, 4)}f} %".replace(".", ",")
    if main in {"General", "@", ""} or not any(sign in main for sign in "0#"):
        return f"{value:.10g}".replace(".", ",") if abs(value) < 1e15 else f"{value:g}".replace(".", ",")
    text = (
        f"{value:,.{min(decimals, 6)}f}" if "," in main or "# #" in main else f"{value:.{min(decimals, 6)}f}"
    )
    return text.replace(",", " ").replace(".", ",")


def _shown_date(value: datetime, form: str, *, has_time: bool) -> str:
    """Give a date by the parts that its format names; a format that names none is written out in full."""
    main = form.split(";", maxsplit=1)[0]
    pieces: list[str] = []
    names_date = False
    after_hours = False
    for token in _TOKENS.findall(main):
        low = token.lower()
        if token[0] in '"\\[':
            pieces.append(token.strip('"').removeprefix("\\") if token[0] != "[" else "")
        elif low[0] in "ymdhs" and low.strip(low[0]) == "":
            is_minutes = low[0] == "m" and len(low) <= 2 and after_hours
            pieces.append(_date_part(value, "i" * len(low) if is_minutes else low))
            names_date = names_date or low[0] in "yd" or (low[0] == "m" and not is_minutes)
            after_hours = low[0] == "h" or (after_hours and low[0] != "s")
        elif low != "am/pm" and token not in "_*@;":
            pieces.append(token)
    text = "".join(pieces).strip()
    if not names_date and not (text and any(letter.isdigit() for letter in text)):
        return value.strftime("%d.%m.%Y %H:%M" if has_time else "%d.%m.%Y")
    return text


def _date_part(value: datetime, token: str) -> str:
    kind, length = token[0], len(token)
    if kind == "y":
        return f"{value.year:04d}" if length > 2 else f"{value.year % 100:02d}"
    if kind == "m" and length >= 3:
        name = words("months")[value.month - 1]
        return name if length > 3 else name[:3]
    if kind == "d" and length >= 3:
        name = words("days")[value.weekday()]
        return name if length > 3 else name[:3]
    number = {"m": value.month, "d": value.day, "h": value.hour, "i": value.minute, "s": value.second}[kind]
    return f"{number:02d}" if length == 2 else str(number)
