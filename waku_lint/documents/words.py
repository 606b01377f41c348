"""Words that a kind of document uses for its labels and sections."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

NAMINGS: Final = ("fields", "deliverable-fields", "sections")  # of a kind, in the order of Words


Naming = tuple[tuple[str, tuple[str, ...]], ...]  # keys of the data, each with the words that stand for it on a page


class Words(Struct, frozen=True):
    """What a kind calls its labelled fields, those of its deliverables, and its sections, where they are its own."""

    fields: Naming = ()
    deliverable_fields: Naming = ()
    sections: Naming = ()

    @property
    def namings(self) -> tuple[Naming, ...]:
        """All of them, in the order of `NAMINGS`."""
        return self.fields, self.deliverable_fields, self.sections


NO_WORDS: Final = Words()
