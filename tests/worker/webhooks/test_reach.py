"""Who may be called: public hosts by https, and what an operator names; nothing by a disguise."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from config_schema.callback import callback_address
from config_schema.errors import CallbackRefused
from worker.webhooks.reach import Allowed, Reach, is_public

PRIVATE = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "192.0.0.1", "198.18.0.1", "203.0.113.9", "224.0.0.1"),
    *("239.1.1.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1"),
    # An IPv4 address in the clothes of an IPv6 one: mapped, compatible, NAT64, 6to4, Teredo.
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1"),
    *("64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a00:1::1"),
    *("2001:0:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe"),
]
PUBLIC = ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "64:ff9b::101:101"]

#: Every one of them leads to this very machine, or tries to.
DISGUISES = [
    *("https://127.1/", "https://127.0.1/", "https://2130706433/", "https://0x7f000001/"),
    *("https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://017700000001/", "https://0/"),
    *("https://127.0.0.01/", "https://127.0.0.1.:443.1/", "https://1.2.3/", "https://1.2.3.4.5/"),
    *("https://[::1%25lo]/", "https://[fe80::1%25eth0]/", "https://%31%32%37.0.0.1/"),
    *("https://①②⑦.0.0.1/", "https://127。0。0。1/", "https://ⓛocalhost/"),
    *("https://good.org\\@127.0.0.1/", "https://good.org#@127.0.0.1/x y"),
]


@pytest.mark.parametrize("ip", PRIVATE)
def test_a_private_address_is_none_in_whatever_clothes(ip: str) -> None:
    assert not is_public(ip_address(ip))


@pytest.mark.parametrize("ip", PUBLIC)
def test_a_public_address_is_one(ip: str) -> None:
    assert is_public(ip_address(ip))


@pytest.mark.parametrize("ip", PRIVATE)
def test_an_address_that_shows_that_it_is_private_is_refused_at_once(ip: str) -> None:
    host = f"[{ip}]" if ":" in ip else ip
    with pytest.raises(CallbackRefused, match="public internet"):
        Allowed().reach(callback_address(f"https://{host}/done"))


@pytest.mark.parametrize("url", DISGUISES)
def test_a_disguise_is_no_address(url: str) -> None:
    with pytest.raises(ValueError, match="must "):
        callback_address(url)


@pytest.mark.parametrize(
    "url", ["https://a:b@good.org/", "https://a@good.org", "https://@good.org"]
)
def test_nobody_has_a_name_or_password_in_an_address(url: str) -> None:
    with pytest.raises(ValueError, match="user name"):
        callback_address(url)


@pytest.mark.parametrize(
    ("allow", "url"),
    [
        ("", "https://good.org/done"),
        ("", "https://1.1.1.1/"),
        ("*", "https://good.org:443"),
        ("good.org", "https://GOOD.org./x"),
        ("*.good.org", "https://a.b.good.org"),
        ("other.org, good.org:8443", "https://good.org:8443"),
        ("good.org good.org:8443", "https://good.org"),
    ],
)
def test_public_hosts_pass_that_the_list_names(allow: str, url: str) -> None:
    assert Allowed.of(allow).reach(callback_address(url)) is Reach.PUBLIC


@pytest.mark.parametrize(
    ("allow", "url", "why"),
    [
        ("", "http://good.org/", "https address"),
        ("", "https://good.org:8443/", "port 443"),
        ("", "https://good.org:22/", "port 443"),
        ("good.org", "https://evil.org/", "EXPORT_WEBHOOK_ALLOW"),
        ("good.org", "https://notgood.org/", "EXPORT_WEBHOOK_ALLOW"),
        ("good.org", "https://good.org.evil.org/", "EXPORT_WEBHOOK_ALLOW"),
        ("good.org", "https://a.good.org/", "EXPORT_WEBHOOK_ALLOW"),
        ("*.good.org", "https://good.org/", "EXPORT_WEBHOOK_ALLOW"),
        ("good.org:8443", "https://good.org/", "port 8443"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9001/", "https address"),
        ("http://127.0.0.1:9000", "https://127.0.0.1/", "EXPORT_WEBHOOK_ALLOW"),
        # That a host may be called does not mean that it may be at home.
        ("127.0.0.1", "https://127.0.0.1/", "public internet"),
        ("* http://127.0.0.1:9000", "https://127.0.0.1/", "public internet"),
    ],
)
def test_what_the_list_does_not_name_is_refused_with_the_reason(
    allow: str, url: str, why: str
) -> None:
    with pytest.raises(CallbackRefused, match=why):
        Allowed.of(allow).reach(callback_address(url))


@pytest.mark.parametrize(
    ("allow", "url"),
    [
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000/done?x"),
        ("https://hooks.intranet", "https://hooks.intranet:443/"),
        ("*, http://[::1]:9000", "http://[0:0::1]:9000/"),
    ],
)
def test_an_origin_that_an_operator_names_may_lie_anywhere(allow: str, url: str) -> None:
    assert Allowed.of(allow).reach(callback_address(url)) is Reach.ANYWHERE


@pytest.mark.parametrize(
    "text",
    ["ftp://a.org", "https://a.org/path", "a.org/path", "a.*.org", "*a.org", "a@b.org", "127.1"],
)
def test_a_list_that_means_nothing_is_no_list(text: str) -> None:
    with pytest.raises(ValueError, match="must be hosts"):
        Allowed.of(text)
