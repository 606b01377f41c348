"""Find the statements that deliverables quote, and compare quotations with statements."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final, Literal

from msgspec import Struct

from waku_lint.documents.extract.ids import ALL, ID, span_of_ids
from waku_lint.documents.model import Deliverable, Document, FurpsReference, FurpsSet, Milestone, Statement
from waku_lint.parsing.nodes import YamlScalar
from waku_lint.regexes import lazy

_SAME: Final[Mapping[int, str]] = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2013": "-",
        "\u2014": "-", "\u2026": "...", "\ufe0f": "", "\u200b": "", "\u00ad": "",
    }
)  # fmt: skip
_SIGN_OFF: Final = lazy(r"[(\[]\s*(?:vac[-_ ]?)?(dst|qa)\s*[)\]]", re.IGNORECASE)
_PLANNED: Final = "\U0001f3d7"
_OWN_ID: Final = lazy(r"\A(?:\*\*|__)?(?:[FURPS]|\+)\d{1,4}[.:)]?(?:\*\*|__)?[.:)]?\s*")
_NOTHING: Final = lazy(r"(?:[.\u2026_-]+|none|n/?a|tb[acd]|todo)[.!]?", re.IGNORECASE)
# A link that would lead elsewhere on another page.
_LOCAL_LINK: Final = lazy(r"\]\((?!\w+:)|\]\[|\[[^\[\]]+\](?![(\[])")
# What may follow a whole statement: a remark of the page's own.
_REMARK: Final = lazy(r"[.;,]?\s*(?:\([^()]*\)|\[[^\[\]]*\]|\s-{1,2}\s.*)\s*\.?\Z", re.DOTALL)

Likeness = Literal["same", "form", "drift"]


class Feature(Struct, frozen=True):
    """The statements of a feature file."""

    document: Document
    furps: FurpsSet

    @property
    def title(self) -> str:
        """Its heading, else its front matter's title, else its file's name."""
        if self.furps.title is not None:
            return self.furps.title.value
        given = self.furps.front_matter.get("title") if self.furps.front_matter else None
        if isinstance(given, YamlScalar) and isinstance(given.value, str):
            return given.value
        return PurePosixPath(self.document.path).stem

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements; what only holds a statement's place, `...` or `None`, is none."""
        return tuple(
            statement
            for category in self.furps.categories
            for each in category.lists
            for statement in each.statements
            if statement.text is None or not _NOTHING.fullmatch(statement.text.value)
        )

    def find(self, identifier: str) -> tuple[Statement, ...]:
        """The statement of an id: the one at that position, or the only one that is numbered so.

        Two where position and number disagree, which WL404 reports in the feature file.
        """
        placed = tuple(each for each in self.statements if each.id == identifier)
        numbered = tuple(each for each in self.statements if f"{each.id[0]}{each.number}" == identifier)
        return (*placed, *(each for each in numbered if len(numbered) == 1 and each not in placed))

    def ids(self, letter: str) -> tuple[str, ...]:
        """The ids of a category, by position."""
        return tuple(statement.id for statement in self.statements if statement.id[0] == letter)


class Quote(Struct, frozen=True):
    """The meaning of one reference of a deliverable.

    `ids` are single ids: those of a range or of `all` one by one, none for a malformed one.
    `features` are the features it can be from; None if one of them is not to be found, so that nothing
    can be said.
    """

    deliverable: Deliverable
    reference: FurpsReference
    ids: tuple[str, ...]
    features: tuple[Feature, ...] | None

    @property
    def statements(self) -> tuple[tuple[Feature, Statement], ...]:
        """The statements that its first id can mean, with the feature of each."""
        if not self.features or not self.ids:
            return ()
        return tuple((feature, statement) for feature in self.features for statement in feature.find(self.ids[0]))


def quotes_of(milestone: Milestone, resolve: Callable[[str], Feature | None]) -> Iterator[Quote]:
    """The references of a page's deliverables. One without a feature is of the one they share."""
    for deliverable, named in deliverables_of(milestone):
        found = [resolve(target) if target is not None else None for target in named]
        features = tuple(each for each in found if each is not None)
        complete = features if len(features) == len(found) else None
        for reference in references_of(deliverable):
            yield Quote(deliverable, reference, _expand(reference.id.value, features), complete)


def deliverables_of(milestone: Milestone) -> Iterator[tuple[Deliverable, Sequence[str | None]]]:
    """A page's deliverables, each with the link targets of its possible features; None for a missing link."""
    page = {each.feature.target.value for each in milestone.features if each.shared and each.feature.target}
    for deliverable in milestone.deliverables:
        named = [feature.target.value if feature.target else None for feature in deliverable.features]
        yield deliverable, named or (list(page) if len(page) == 1 else [])


def references_of(deliverable: Deliverable) -> Sequence[FurpsReference]:
    """What a deliverable refers to, in either form."""
    if deliverable.form != "compact" or deliverable.compact is None:
        return deliverable.furps
    ids = deliverable.compact.ids
    return (*deliverable.furps, *(FurpsReference(each, None, None, "inline", each.span, each.span) for each in ids))


def _expand(token: str, features: Sequence[Feature]) -> tuple[str, ...]:
    if token.casefold() == ALL:
        return tuple(statement.id for feature in features for statement in feature.statements)
    return ids_of(token)


def ids_of(token: str) -> tuple[str, ...]:
    """The single ids of an id or a range; none for anything else."""
    return (token,) if ID.fullmatch(token) else span_of_ids(token)


# Comparing


def text_of(statement: Statement) -> str:
    """What a statement says, without an id that is written before it."""
    return _OWN_ID.sub("", statement.text.value) if statement.text else ""


def source_of(feature: Feature, statement: Statement) -> str | None:
    """The same as it is written, on one line; None where it cannot stand on another page as it is."""
    if statement.text is None:
        return None
    span = statement.text.span
    source = _OWN_ID.sub("", " ".join(feature.document.text[span.start : span.end].split()))
    return None if _LOCAL_LINK.search(source) else source


def compare(quote: str, statement: str) -> Likeness:
    """Compare a quotation with its statement.

    Blanks, line ends, kinds of quotation marks and a remark at the end do not count. A quotation differs in form if the
    words are equal, and sign-off marks agree if both have them; else it has drifted.
    """
    ours, theirs = _normal(quote), _normal(statement)
    if ours == theirs:
        return "same"
    body = theirs.rstrip(".")
    if ours.startswith(body) and _REMARK.fullmatch(ours[len(body) :]):
        return "same"
    marks, expected = set(_SIGN_OFF.findall(ours.casefold())), set(_SIGN_OFF.findall(theirs.casefold()))
    if marks and expected and marks != expected:
        return "drift"
    wanted = _words(theirs)
    return "form" if wanted in (_words(ours), _words(_without_remark(ours))) else "drift"


def differences_of_form(quote: str, statement: str) -> tuple[str, ...]:
    """In what a quotation differs from its statement whose words are the same: `final stop`, `case`."""
    ours, theirs = _normal(quote), _normal(statement)
    if is_remarked(quote, statement):  # the stop before a remark may be its own
        ours, theirs = _without_remark(ours).rstrip("."), theirs.rstrip(".")
    found: list[str] = []

    def tell(what: str, one: str, other: str) -> None:
        if one != other:
            found.append(what)

    tell("its final stop", ours[-1:] if ours.endswith(".") else "", theirs[-1:] if theirs.endswith(".") else "")
    tell("its sign-off mark", *("".join(mark.group() for mark in _SIGN_OFF.finditer(each)) for each in (ours, theirs)))
    tell("the sign of planned work", *(_PLANNED * each.count(_PLANNED) for each in (ours, theirs)))
    ours, theirs = (_SIGN_OFF.sub("", each.replace(_PLANNED, "")) for each in (ours, theirs))
    tell("quotation marks", *("".join(re.findall("[\"'`]", each)) for each in (ours, theirs)))
    tell("upper and lower case", *("".join(re.findall(r"\w", each)) for each in (ours, theirs)))
    ours, theirs = (re.sub(r"[\w\"'`]", "", each).rstrip(". ") for each in (ours, theirs))
    tell("its punctuation", *("".join(each.split()) for each in (ours, theirs)))
    return tuple(found)


def is_remarked(quote: str, statement: str) -> bool:
    """Whether a remark of the page's own follows the quotation: `(deferred)`, which is not the statement's."""
    ours, theirs = _normal(quote), _normal(statement)
    bare = _without_remark(ours)
    return bare != ours and (_words(bare) == _words(theirs) or _without_remark(theirs) == theirs)


def word_diff(quote: str, statement: str) -> str:
    """The words that differ, with a word around them: `nodes [-can-] {+may+} store`.

    A remark and the final stops beside it are skipped.
    """
    from difflib import SequenceMatcher

    ours, theirs = _normal(quote), _normal(statement)
    if is_remarked(quote, statement):
        ours, theirs = _without_remark(ours).rstrip("."), theirs.rstrip(".")
    one, other = ours.split(), theirs.split()
    parts: list[str] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            kept = one[start:end]
            first, last = start == 0, end == len(one)
            if len(kept) > 3:
                kept = [*(() if first else kept[:1]), "...", *(() if last else kept[-1:])]
            parts.extend(kept)
            continue
        if start < end:
            parts.append(f"[-{' '.join(one[start:end])}-]")
        if other_start < other_end:
            parts.append(f"{{+{' '.join(other[other_start:other_end])}+}}")
    return " ".join(parts)


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_SAME).split())


def _without_remark(text: str) -> str:
    """`text` without a remark at its end; a sign-off mark is none."""
    found = _REMARK.search(text)
    if found is None or _SIGN_OFF.fullmatch(found.group().strip(" .;,")):
        return text
    return text[: found.start()]


def _words(text: str) -> list[str]:
    bare = _SIGN_OFF.sub(" ", text.replace(_PLANNED, " ")).casefold()
    return re.findall(r"(?<!\w)[-+]?\d+(?:[.,]\d+)*|\w+|[^\w\s.,;:'\"`*_()-]|\((?=not\b)", bare)
