"""What can be wrong with coded video, as one tree.

    BitstreamError
    +-- Damaged                cut short, or against the rules of its own format
    +-- NotSupported           in order, but nothing that can be copied here
    +-- ParameterSetsMissing   nothing says how the pictures are coded
    +-- ParameterSetsChanged   one id, two meanings
    +-- TooManyParameterSets   more of them than one sample entry can tell apart

Whatever the bytes, this room raises these and nothing else. To the plan each of them means: convert
that source, and give the sentence as the reason.
"""


class BitstreamError(ValueError):
    """The coded video cannot be copied."""

    #: Which of the entries given to `merge` it is about.
    index: int | None = None

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).__doc__ or "")


class Damaged(BitstreamError):
    """The coded video is damaged."""


class NotSupported(BitstreamError):
    """The coded video uses a part of its format that cannot be copied."""


class ParameterSetsMissing(BitstreamError):
    """The coded video does not say how its pictures are coded."""


class ParameterSetsChanged(BitstreamError):
    """The way of coding changes in the middle of the file."""


class TooManyParameterSets(BitstreamError):
    """The programme mixes more ways of coding than one video track can tell apart."""
