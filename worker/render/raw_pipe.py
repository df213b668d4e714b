"""Raw pictures into a pipe, as FFmpeg reads them. Runs in a child process only.

A picture of 4K is 12 MB, and writing it copies it. Where the kernel can, it is lent instead: the
pipe refers to the decoder's own memory, and the picture is kept until the reader has had it.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import stat
import sys
from collections import deque

import av
import numpy as np

_F_GETPIPE_SZ = 1032
#: The worker may widen the pipe to this after we have looked (`start.PIPE_BYTES`).
_WIDENED = 1 << 20


class _Iovec(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class RawPipe:
    """Writes frames of one format to descriptor `fd`, plane by plane, without margins."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
        self._capacity = _capacity(fd)
        #: Frames that the pipe may still refer to, with the bytes written up to their end.
        self._lent: deque[tuple[int, av.VideoFrame]] = deque()
        self._written = 0

    def write(self, frame: av.VideoFrame) -> None:
        """Hand over the visible pixels of a frame, which must not change any more."""
        for plane in frame.planes:
            line = plane.width * (2 if frame.format.components[0].bits > 8 else 1)
            if plane.line_size != line:
                _write(self._fd, _without_margin(plane, line))
            elif self._capacity:
                self._lend(plane.buffer_ptr, line * plane.height)
            else:
                _write(self._fd, memoryview(plane)[: line * plane.height])
            self._written += line * plane.height
        if self._capacity:
            self._lent.append((self._written, frame))
            # Once so much has been written behind it, none of it can be in the pipe any more.
            while self._lent[0][0] <= self._written - self._capacity:
                self._lent.popleft()

    def _lend(self, address: int, count: int) -> None:
        assert self._libc is not None
        while count:
            piece = _Iovec(address, count)
            done = self._libc.vmsplice(self._fd, ctypes.byref(piece), 1, 0)
            if done < 0:
                number = ctypes.get_errno()
                if number == errno.EINTR:
                    continue
                raise OSError(number, os.strerror(number))
            address += done
            count -= done


def _capacity(fd: int) -> int:
    """How much the pipe holds; 0 where pictures cannot be lent to it."""
    if sys.platform != "linux" or not stat.S_ISFIFO(os.fstat(fd).st_mode):
        return 0
    return max(fcntl.fcntl(fd, _F_GETPIPE_SZ), _WIDENED)


def _without_margin(plane: av.video.plane.VideoPlane, line: int) -> memoryview:
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return np.ascontiguousarray(rows[: plane.height, :line]).data.cast("B")


def _write(fd: int, left: memoryview) -> None:
    while left:
        left = left[os.write(fd, left) :]
