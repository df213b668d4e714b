"""AAC as mp4 wants it: the decoder's settings in the header, packets without headers of their own.

Only one way of coding is looked for: AAC-LC, 48 kHz, stereo, 1024 samples a packet, which is what
a programme's sound is.
"""

from __future__ import annotations

from worker.bitstream.bits import BitReader
from worker.bitstream.errors import BitstreamError, Damaged, NotSupported

#: The settings of that one way of coding (ISO/IEC 14496-3, AudioSpecificConfig).
PLAIN_CONFIG = bytes.fromhex("1190")
LOW_COMPLEXITY, SPECTRAL_BAND = 2, 5
RATE_48000, STEREO = 3, 2
#: Behind the settings: an object type that older decoders do not look for.
SYNC_EXTENSION = 0x2B7


def is_plain(config: bytes) -> bool:
    """Whether a header's settings (AudioSpecificConfig) say AAC-LC, 48 kHz, stereo, nothing more.

    >>> is_plain(PLAIN_CONFIG), is_plain(bytes.fromhex("119056e500"))
    (True, True)
    >>> is_plain(bytes.fromhex("131056e59d4880")), is_plain(bytes.fromhex("118856e500"))
    (False, False)
    """
    bits = BitReader(config)
    try:
        wanted = ((5, LOW_COMPLEXITY), (4, RATE_48000), (4, STEREO))
        # Then: frames of 1024 samples, no core coder to depend on, no extension.
        if any(bits.u(width) != value for width, value in (*wanted, (3, 0))):
            return False
        if len(config) * 8 - bits.position < 17 or bits.u(11) != SYNC_EXTENSION:
            return True
        return bits.u(5) != SPECTRAL_BAND or not bits.u(1)
    except BitstreamError:
        return False


def without_adts(packet: bytes) -> bytes:
    """The packet without the header that AAC has in transport streams (ADTS).

    Raises NotSupported where that header says anything but AAC-LC, 48 kHz, stereo.
    """
    if len(packet) < 7 or packet[0] != 0xFF or packet[1] & 0xF6 != 0xF0:
        raise Damaged("a packet of the sound has lost its header")
    bits = BitReader(packet[2:7])
    said = (bits.u(2) + 1, bits.u(4))
    bits.u(1)  # private
    channels = bits.u(3)
    bits.u(4)  # original, home, copyright
    length = bits.u(13)
    blocks = packet[6] & 3
    if (*said, channels) != (LOW_COMPLEXITY, RATE_48000, STEREO) or blocks:
        raise NotSupported("the way of coding the sound changes")
    if length != len(packet):
        raise Damaged(f"a packet of the sound has {len(packet)} bytes and says {length}")
    return packet[7 if packet[1] & 1 else 9 :]
