"""The system calls that no child of ours has a use for, as a program for the kernel's filter. Pure.

Everything that reaches beyond the files and pipes that a child was given: the network, other
processes, the kernel itself. What is refused answers "Operation not permitted".
"""

from __future__ import annotations

import errno
import struct
from dataclasses import dataclass


@dataclass(frozen=True)
class Machine:
    """What differs between architectures: how the kernel names it, and its column of numbers."""

    audit: int
    column: int
    #: Numbers from here on belong to a second calling convention with the same calls.
    foreign_from: int | None = None


MACHINES = {
    "x86_64": Machine(0xC000_003E, 0, foreign_from=0x4000_0000),
    "aarch64": Machine(0xC000_00B7, 1),
}

#: Numbers on x86_64 and on aarch64; None where there is no such call.
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # The network.
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242),
    # Other processes.
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424), "kcmp": (312, 272), "kill": (62, 129), "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # More processes: a child has threads and no children.
    "fork": (57, None), "vfork": (58, None), "unshare": (272, 97), "setns": (308, 268),
    # What lies where.
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "move_mount": (429, 429), "open_tree": (428, 428), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "open_tree_attr": (467, 467), "mknod": (133, None),
    "mknodat": (259, 33), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    "swapon": (167, 224), "swapoff": (168, 225), "lookup_dcookie": (212, 18),
    # Doors into the kernel that were found open before.
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "modify_ldt": (154, None),
    "uselib": (134, None), "ustat": (136, None), "personality": (135, 92),
    "memfd_create": (319, 279), "memfd_secret": (447, 447),
    # The machine.
    "reboot": (169, 142), "acct": (163, 89), "syslog": (103, 116), "sethostname": (170, 161),
    "setdomainname": (171, 162), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "clock_adjtime": (305, 266), "adjtimex": (159, 171), "iopl": (172, None),
    "ioperm": (173, None), "vhangup": (153, 58),
    # Who one is.
    "setuid": (105, 146), "setgid": (106, 144), "setreuid": (113, 145), "setregid": (114, 143),
    "setresuid": (117, 147), "setresgid": (119, 149), "setgroups": (116, 159),
    "setfsuid": (122, 151), "setfsgid": (123, 152), "capset": (126, 91),
}  # fmt: skip
#: Becoming another program is left to who is started, and goes when it is forked.
BECOMING = {"execve": (59, 221), "execveat": (322, 281)}
_CLONE = (56, 220)
_CLONE3 = (435, 435)
_PRLIMIT = (302, 261)

_CLONE_THREAD = 0x0001_0000
#: A thread of its own in other namespaces is no thread.
_CLONE_NEW = 0x7E02_0000

_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL = 0x7FFF_0000, 0x8000_0000


def _fails_with(number: int) -> int:
    return 0x0005_0000 | number


def filter_program(machine: str, *, may_become_another: bool) -> bytes:
    """The filter as the kernel takes it, an instruction of eight bytes after the other.

    A child that `may_become_another` program is one that is about to. Raises KeyError for an
    architecture that is not known.
    """
    told = MACHINES[machine]
    refused = _RETURN, 0, 0, _fails_with(errno.EPERM)
    code = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, told.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if told.foreign_from is not None:
        code += [(_AT_LEAST, 0, 1, told.foreign_from), refused]
    for columns in (REFUSED if may_become_another else REFUSED | BECOMING).values():
        number = columns[told.column]
        if number is not None:
            code += [(_EQUAL, 0, 1, number), refused]
    code += [
        # Its arguments cannot be seen; whoever hears that there is no such call takes `clone`.
        (_EQUAL, 0, 1, _CLONE3[told.column]),
        (_RETURN, 0, 0, _fails_with(errno.ENOSYS)),
        (_EQUAL, 0, 4, _CLONE[told.column]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_ANY_BIT, 1, 0, _CLONE_NEW),
        (_ANY_BIT, 4, 0, _CLONE_THREAD),
        refused,
        # The limits of somebody else.
        (_EQUAL, 0, 2, _PRLIMIT[told.column]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, 0),
        (_RETURN, 0, 0, _ALLOW),
        refused,
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)
