"""Bits in and out, with the Exp-Golomb codes that both codecs count in."""

from __future__ import annotations

from worker.bitstream.errors import Damaged

#: The largest number that ue(v) can carry.
UE_MOST = 2**32 - 2


def ue_length(value: int) -> int:
    """How many bits ue(v) takes for `value`; the code itself is `value + 1` in that many bits.

    >>> [ue_length(value) for value in (0, 1, 3, 7, 15, 31)]
    [1, 3, 5, 7, 9, 11]
    """
    return 2 * (value + 1).bit_length() - 1


def payload_bits(rbsp: bytes) -> int:
    """The number of bits before the stop bit that ends every payload."""
    for index in range(len(rbsp) - 1, -1, -1):
        last = rbsp[index]
        if last:
            return 8 * index + 8 - (last & -last).bit_length()
    raise Damaged("A part of the coded video is empty.")


class BitReader:
    """Reads numbers one after the other; `position` is the next bit."""

    __slots__ = ("_data", "_end", "position")

    def __init__(self, data: bytes, *, end: int | None = None, position: int = 0) -> None:
        self._data = data
        self._end = 8 * len(data) if end is None else end
        self.position = position

    def u(self, bits: int) -> int:
        """The next `bits` bits as an unsigned number."""
        start = self.position
        end = start + bits
        if end > self._end:
            raise Damaged("The coded video ends in the middle of a header.")
        self.position = end
        last = (end + 7) >> 3
        window = int.from_bytes(self._data[start >> 3 : last], "big")
        return (window >> (8 * last - end)) & ((1 << bits) - 1)

    def flag(self) -> bool:
        """The next bit."""
        return self.u(1) == 1

    def flags(self, count: int) -> tuple[bool, ...]:
        """The next `count` bits."""
        number = self.u(count)
        return tuple(number >> place & 1 == 1 for place in range(count - 1, -1, -1))

    def ue(self, most: int = UE_MOST) -> int:
        """The next unsigned Exp-Golomb number, which may not be above `most`."""
        start = self.position
        seen = self._data[start >> 3 : (start >> 3) + 5]
        left = 8 * len(seen) - (start & 7)
        window = int.from_bytes(seen, "big") & ((1 << left) - 1)
        zeros = left - window.bit_length()
        if not window or zeros > 32:
            raise Damaged("A header of the coded video holds a number without end.")
        length = 2 * zeros + 1
        if length <= left and start + length <= self._end:
            # Small numbers, nearly all, lie in what was looked at.
            self.position = start + length
            value = (window >> (left - length)) - 1
        else:
            value = self.u(length) - 1
        if value > most:
            raise Damaged(f"A header of the coded video says {value} where {most} is the most.")
        return value

    def se(self) -> int:
        """The next signed Exp-Golomb number."""
        code = self.ue()
        return (code + 1) // 2 if code & 1 else -(code // 2)

    def has_more(self) -> bool:
        """Whether anything is left before the end."""
        return self.position < self._end


class BitWriter:
    """Puts numbers one after the other."""

    __slots__ = ("_value", "length")

    def __init__(self) -> None:
        self._value = 0
        self.length = 0

    def u(self, value: int, bits: int) -> None:
        """Append `value` in `bits` bits."""
        if value >> bits:
            raise ValueError(f"{value} does not go into {bits} bits")
        self._value = self._value << bits | value
        self.length += bits

    def flag(self, value: bool) -> None:
        """Append one bit."""
        self.u(int(value), 1)

    def ue(self, value: int) -> None:
        """Append an unsigned Exp-Golomb number."""
        self.u(value + 1, ue_length(value))

    def se(self, value: int) -> None:
        """Append a signed Exp-Golomb number."""
        self.ue(2 * value - 1 if value > 0 else -2 * value)

    def copy(self, data: bytes, start: int, end: int) -> None:
        """Append the bits [start, end) of `data`."""
        last = (end + 7) >> 3
        window = int.from_bytes(data[start >> 3 : last], "big") >> (8 * last - end)
        self.u(window & ((1 << (end - start)) - 1), end - start)

    def align(self, *, ones: bool) -> None:
        """Fill the byte that was begun."""
        left = -self.length % 8
        self.u((1 << left) - 1 if ones else 0, left)

    def rbsp(self) -> bytes:
        """What was written, ended by a stop bit."""
        left = 7 - self.length % 8
        value = (self._value << 1 | 1) << left
        return value.to_bytes((self.length + 1 + left) // 8, "big")

    def whole_bytes(self) -> bytes:
        """What was written, which must fill its last byte."""
        return self._value.to_bytes(self.length // 8, "big")
