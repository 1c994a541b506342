"""Names and addresses as people paste them, one person a line. Pure: no database."""

from __future__ import annotations

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"[^\s<>,;:\"()]+@[^\s<>,;:\"()]+\.[^\s<>,;:\"().]+")
AROUND = " \t,;<>\"'()*-\u2022"
"""What stands between a name and an address, and the bullets of lists."""


@dataclass(frozen=True, slots=True)
class Person:
    """One line that names an address; the name may be empty."""

    line: int
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """The people of a text, each address once, and the numbers of lines that name none."""

    people: list[Person]
    unreadable: list[int]


def read_people(text: str) -> Pasted:
    """`Ada Lovelace <ada@lab.org>`, `ada@lab.org, Ada`, a row of a sheet, or an address alone."""
    people: dict[str, Person] = {}
    unreadable = []
    for number, line in enumerate(text.splitlines(), 1):
        found = ADDRESS.findall(line)
        if len(found) == 1:
            email = found[0].lower()
            name = " ".join(line.replace(found[0], " ").translate(BLANKS).split())
            people.setdefault(email, Person(number, email, name.strip(AROUND)))
        elif found and not ADDRESS.sub("", line).strip(AROUND):
            for email in found:  # several addresses in a row, as mail programs copy them
                people.setdefault(email.lower(), Person(number, email.lower(), ""))
        elif line.strip(AROUND):
            unreadable.append(number)
    return Pasted(list(people.values()), unreadable)


BLANKS = str.maketrans(dict.fromkeys('<>,;\t"', " "))
