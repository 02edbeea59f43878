"""A prefecture of counties that are all alike: what each calls its units, ledgers and divisions."""

from dataclasses import dataclass

STEMS = "甲乙丙丁戊己庚辛壬癸"
COUNTY, NAME = "410221", "杞县"
# No division of this country has a code that begins so.
NOWHERE = "9901"


@dataclass(frozen=True, slots=True)
class Sister:
    """One of several counties; the one without a number is Qi county itself."""

    number: int = 0

    @property
    def prefix(self) -> str:
        return f"c{self.number}-" if self.number else ""

    def unit(self, code: str) -> str:
        """Return what this county's unit of that code is called; ledgers and staff likewise."""
        return f"{self.prefix}{code}"

    def own(self, code: str) -> str:
        """Return the code without what tells the counties apart."""
        return code.removeprefix(self.prefix)

    def division(self, code: str) -> str:
        return f"{NOWHERE}{self.number:02d}{code[len(COUNTY) :]}" if self.number else code

    def own_division(self, code: str) -> str:
        return f"{COUNTY}{code[len(COUNTY) :]}" if self.number else code

    def name(self, name: str) -> str:
        """Return a name with this county's in it."""
        return name.replace(NAME, f"{STEMS[self.number - 1]}县") if self.number else name


QI = Sister()
PREFECTURE = tuple(Sister(number) for number in range(1, len(STEMS) + 1))
