"""Record the questions that rules ask of the project, with digests of the answers.

A method with `@query` answers one question. The recorder records the questions that are asked while a document is
checked. Its findings are valid while the document is unchanged, and the answers have the same digests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from hashlib import blake2b
from typing import Any, TypeVar, overload

Question = tuple[str, ...]  # the name of a method with `@query`, and its arguments
Method = TypeVar("Method", bound=Callable[..., Any])


class ClosedError(BaseException):
    """A rule asked a question while questions are closed; this is not an error of the rule."""


class Recorder:
    """Records questions, except those asked to answer another question."""

    def __init__(self) -> None:
        self.closed = False  # whether each question raises ClosedError
        self._asked: set[Question] | None = None
        self._answering = False

    def note(self, question: Question) -> None:
        if self._answering:
            return
        if self.closed:
            raise ClosedError
        if self._asked is not None:
            self._asked.add(question)

    @contextmanager
    def noting(self) -> Iterator[set[Question]]:
        """Collect the questions that are asked inside the block."""
        outer, self._asked = self._asked, set()
        try:
            yield self._asked
        finally:
            if outer is not None:
                outer |= self._asked
            self._asked = outer

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Record nothing inside the block."""
        outer, self._answering = self._answering, True
        try:
            yield
        finally:
            self._answering = outer


class Queries:
    """Base class of classes with questions."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self._answers: dict[Question, Any] = {}
        self._digests: dict[Question, str] = {}

    def digest(self, question: Question) -> str:
        """The digest of the answer to a question. Raises LookupError, TypeError or ValueError if it is not one."""
        found = self._digests.get(question)
        if found is None:
            name, *arguments = question
            digest = _method_of(type(self), name).digest
            with self.recorder.answering():
                found = self._digests[question] = digest(self, *arguments)
        return found


@overload
def query(method: Method) -> Method: ...
@overload
def query(
    *, digest: Callable[..., str] | None = None, keep: bool = True, of_names: bool = False
) -> Callable[[Method], Method]: ...
def query(
    method: Any = None, *, digest: Callable[..., str] | None = None, keep: bool = True, of_names: bool = False
) -> Any:
    """Make a method a question; its arguments are strings, or documents, which are identified by path.

    `digest` computes the digest of the answer from the arguments as strings, if that is cheaper than the answer. `keep`
    caches answers in memory. An answer `of_names` depends only on the names and kinds of files.
    """
    if method is None:
        return lambda each: _asking(each, digest, keep=keep, of_names=of_names)
    return _asking(method, digest, keep=keep, of_names=of_names)


def _asking(method: Any, digest: Callable[..., str] | None, *, keep: bool, of_names: bool) -> Any:
    name = method.__name__

    @wraps(method)
    def asked(self: Queries, *arguments: Any) -> Any:
        question = (name, *(getattr(each, "path", each) for each in arguments))
        self.recorder.note(question)
        if question in self._answers:
            return self._answers[question]
        with self.recorder.answering():
            answer = method(self, *arguments)
        if keep:
            self._answers[question] = answer
        return answer

    found: Any = asked
    found.digest = digest or (lambda self, *arguments: digest_of(repr(asked(self, *arguments))))
    found.of_names = of_names
    return found


def is_of_names(kind: type[Queries], question: Question) -> bool:
    """Whether the answer depends only on file names. Raises LookupError if it is not a question."""
    return bool(_method_of(kind, question[0]).of_names)


def digest_of(*parts: str) -> str:
    """The digest of strings."""
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _method_of(kind: type[Queries], name: str) -> Any:
    """The method with `@query` of this name. Raises LookupError for an unknown name, which a cache may contain."""
    found = getattr(kind, name, None)
    found = found.fget if isinstance(found, property) else found
    if not hasattr(found, "of_names"):
        raise LookupError(name)
    return found
