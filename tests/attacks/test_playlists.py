"""Files that name other files: FFmpeg plays them, the service does not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.attacks.hostile import Counter, Place, naive, shows_secret, words_of
from tests.attacks.service import Service

M3U8 = """#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:9
#EXT-X-MEDIA-SEQUENCE:0
#EXTINF:2,
{}
#EXT-X-ENDLIST
"""
DASH = """<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT2S"
 profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period duration="PT2S">
<AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1000" width="64" height="64">
<BaseURL>{}</BaseURL></Representation></AdaptationSet></Period></MPD>
"""
CONCAT = "ffconcat version 1.0\nfile '{}'\n"
SDP = """v=0
o=- 0 0 IN IP4 127.0.0.1
s=x
c=IN IP4 127.0.0.1
t=0 0
m=video {} RTP/AVP 96
a=rtpmap:96 H264/90000
"""
#: What people write when FFmpeg says that a protocol or a name is not on its list.
CARELESS = ("-protocol_whitelist", "file,http,tcp,crypto,data,udp,rtp")
UNSAFE = (*CARELESS, "-safe", "0")
#: Newer versions want the name to end with m3u8, older ones take any.
ANY_NAME = (*CARELESS, "-f", "hls", "-extension_picky", "0", "-allowed_extensions", "ALL")


@dataclass(frozen=True)
class Playlist:
    """A text, what it points at, and the options with which FFmpeg follows it."""

    text: str
    target: str
    options: tuple[str, ...] = ()
    name: str = "holiday.mp4"
    calls: bool = False


ABSOLUTE, RELATIVE, HTTP = "{base}/secret/film", "../secret/film", "{url}/film"
PLAYLISTS = {
    "m3u8 absolute": Playlist(M3U8, f"{ABSOLUTE}.ts", ANY_NAME),
    "m3u8 as a file: address": Playlist(M3U8, f"file://{ABSOLUTE}.ts", ANY_NAME),
    "m3u8 relative": Playlist(M3U8, f"{RELATIVE}.ts", ANY_NAME),
    "m3u8 by http": Playlist(M3U8, f"{HTTP}.ts", ANY_NAME, calls=True),
    "m3u8 by its own name": Playlist(M3U8, f"{ABSOLUTE}.ts", name="holiday.m3u8"),
    "dash absolute": Playlist(DASH, f"{ABSOLUTE}.mp4"),
    "dash relative": Playlist(DASH, f"{RELATIVE}.mp4"),
    "dash by http": Playlist(DASH, f"{HTTP}.mp4", CARELESS, calls=True),
    "ffconcat absolute": Playlist(CONCAT, f"{ABSOLUTE}.mp4", UNSAFE),
    "ffconcat relative": Playlist(CONCAT, f"{RELATIVE}.mp4", UNSAFE),
    "ffconcat of a sibling": Playlist(CONCAT, "sibling.ts"),
    "ffconcat by http": Playlist(CONCAT, f"{HTTP}.mp4", UNSAFE, calls=True),
}


@pytest.mark.parametrize("playlist", PLAYLISTS.values(), ids=PLAYLISTS)
def test_a_playlist_is_no_camera(playlist: Playlist, place: Place, service: Service) -> None:
    (place.sources / "sibling.ts").write_bytes(place.film.read_bytes())
    target = playlist.target.format(base=place.base, url=place.url)
    path = place.put(playlist.name, playlist.text.format(target))
    assert shows_secret(naive(path, *playlist.options)), "the control does not leak"
    assert bool(Counter.calls) == playlist.calls
    Counter.calls.clear()
    service.assert_fails_by_name(service.config(playlist.name))


def test_a_description_of_a_session_opens_no_socket(place: Place, service: Service) -> None:
    path = place.put("call.mp4", SDP.format(place.port))
    # Stops at an option that is not its own, after it has begun to listen.
    said = words_of(path, *CARELESS, "-v", "debug", "-timeout", "1")
    assert "[udp @" in said, "the control opens none"
    service.assert_fails_by_name(service.config("call.mp4"))
