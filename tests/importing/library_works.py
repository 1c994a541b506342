"""Works of a library of references, the same in every format."""

from __future__ import annotations

from dataclasses import dataclass

NUMBER = 200


_WORDS = ("sharp", "flat", "basins", "minima", "optics", "graphs", "kernels", "folds", "waves")


_FAMILIES = ("Lee", "Okafor", "van der Berg", "Müller", "O’Neil", "García-Ruiz", "Ek", "Škoda")


_FOLDERS = (("Optics",), ("Optics", "Lasers"), ("Theory", "Graphs"), ("山", "谷"), ())


@dataclass(frozen=True)
class Work:
    """One invented paper, with every kind of field."""

    number: int

    @property
    def title(self) -> str:
        one, two = _WORDS[self.number % 9], _WORDS[(self.number // 9) % 9]
        special = ("", " & more", ": a “quoted” study", " <1 %", " in 東京", " für Ångström")
        return f"On {one} {two} number {self.number}{special[self.number % 6]}"

    @property
    def people(self) -> list[tuple[str, str]]:
        """Given and family names; one in fifty has none."""
        size = 0 if self.number % 50 == 0 else 1 + self.number % 4
        return [(f"Ann{n}", _FAMILIES[(self.number + n) % 8]) for n in range(size)]

    @property
    def authors(self) -> tuple[str, ...]:
        return tuple(f"{given} {family}" for given, family in self.people)

    @property
    def abstract(self) -> str:
        return (
            f"We show that number {self.number} holds, if a < b & c > d." if self.number % 3 else ""
        )

    @property
    def venue(self) -> str:
        return f"Journal of Folds {self.number % 7}"

    @property
    def year(self) -> int:
        return 2000 + self.number % 24

    @property
    def doi(self) -> str:
        return f"10.1000/fold.{self.number}" if self.number % 2 else ""

    @property
    def arxiv(self) -> str:
        return "" if self.number % 2 else f"21{self.number % 12 + 1:02}.{self.number:05}"

    @property
    def folder(self) -> tuple[str, ...]:
        return _FOLDERS[self.number % 5]

    @property
    def tags(self) -> list[str]:
        return [f"tag {self.number % 3}", "read later"]

    @property
    def note(self) -> str:
        return f"Check table {self.number} again." if self.number % 4 == 0 else ""

    @property
    def pdf(self) -> str:
        return f"https://files.example/{self.number}.pdf"


WORKS = [Work(number) for number in range(1, NUMBER + 1)]
