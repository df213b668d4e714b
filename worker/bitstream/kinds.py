"""What a sample's picture is to a decoder that starts there."""

from __future__ import annotations

from enum import StrEnum

from worker.bitstream import h264, hevc, sei
from worker.bitstream.entry import Codec
from worker.bitstream.nal import nal_spans


class PictureKind(StrEnum):
    """Where decoding may start, and how cleanly."""

    IDR = "idr"  # nothing before it matters
    BLA = "bla"  # the same, though pictures shown before it may be missing
    CRA = "cra"  # as good, once it is renamed and its leading pictures are left out
    RECOVERY = "recovery"  # pictures become right some time after it
    OTHER = "other"


_HEVC_KINDS = {
    **dict.fromkeys(range(hevc.BLA_W_LP, hevc.BLA_N_LP + 1), PictureKind.BLA),
    hevc.IDR_W_RADL: PictureKind.IDR,
    hevc.IDR_N_LP: PictureKind.IDR,
    hevc.CRA: PictureKind.CRA,
}


def picture_kind(codec: Codec, sample: bytes, length_size: int) -> PictureKind:
    """What the sample really holds, whatever the container's index says.

    Only units up to the first slice are looked at: information about a picture stands before it.
    """
    is_hevc = codec == "hevc"
    header, sei_kind = (2, hevc.PREFIX_SEI) if is_hevc else (1, h264.SEI)
    recovers = False
    for start, end in nal_spans(sample, length_size):
        kind = sample[start] >> 1 & 63 if is_hevc else sample[start] & 31
        if kind == sei_kind:
            recovers |= sei.has_message(sample[start:end], header, sei.RECOVERY_POINT)
        elif is_hevc and kind in hevc.SLICES:
            found = _HEVC_KINDS.get(kind)
            break
        elif not is_hevc and kind in h264.SLICES:
            found = PictureKind.IDR if kind == h264.IDR else None
            break
    else:
        return PictureKind.OTHER
    return found or (PictureKind.RECOVERY if recovers else PictureKind.OTHER)
