/* Numbers of the Linux interface, the same on every architecture that Node runs on, and the header that defines them. */

/** `bits/socket.h`. */
export const Family = { ipv4: 2, ipv6: 10, netlink: 16, packet: 17 } as const
export const SocketType = { raw: 3, datagram: 2, closeOnExec: 0o2000000, nonBlocking: 0o4000 } as const
export const MSG_DONTWAIT = 0x40
/** `asm-generic/socket.h`, `linux/if_packet.h`, `linux/netlink.h`. */
export const Level = { socket: 1, packet: 263, netlink: 270 } as const
export const SocketOption = {
  error: 4,
  attachFilter: 26,
  sendBufferForce: 32,
  receiveBufferForce: 33,
  mark: 36,
} as const

/** `linux/if_ether.h`: takes packets of every protocol. */
export const ETH_P_ALL = 0x0003
/** `linux/if_arp.h`: kinds of interfaces by their `sll_hatype`. */
export const HardwareType = { ethernet: 1, loopback: 772 } as const

/** `linux/if_packet.h`. */
export const PacketOption = { rxRing: 5, statistics: 6, version: 10, fanout: 18 } as const
export const TPACKET_V3 = 2
export const PacketType = { outgoing: 4 } as const
export const Fanout = { hash: 0, flagDefragment: 0x8000 } as const
export const BlockStatus = { kernel: 0, user: 1 } as const
export const FrameStatus = { vlanValid: 1 << 4, vlanTagTypeValid: 1 << 6 } as const

/** `bits/mman.h`. */
export const Protection = { read: 1, write: 2 } as const
export const Mapping = { shared: 0x01 } as const

/** `linux/prctl.h`. */
export const ProcessOption = { dumpable: 3, setDumpable: 4 } as const

/** `linux/sched.h`. */
export const CLONE_NEWNET = 0x4000_0000

/** `sys/epoll.h`, `sys/eventfd.h`. */
export const EpollControl = { add: 1, remove: 2 } as const
export const EPOLLIN = 1
export const EPOLL_CLOEXEC = 0o2000000
export const EFD_CLOEXEC = 0o2000000
export const EFD_NONBLOCK = 0o4000

/** `fcntl.h`, `linux/fcntl.h`. */
export const AT_FDCWD = -100
export const AT_EMPTY_PATH = 0x1000
/** A handle that identifies a file and need not lead back to it; since Linux 6.5. */
export const AT_HANDLE_FID = 0x200
export const OpenFlag = { closeOnExec: 0o2000000, path: 0o10000000, largeFile: 0o100000 } as const
/** `asm-generic/unistd.h`: the same number on every architecture, as of all calls since 5.1. */
export const SYS_OPENAT2 = 437
/** `linux/openat2.h`: the folder is the root, and no link leads out of it. */
export const RESOLVE_IN_ROOT = 0x10

/** `linux/fanotify.h`. */
export const FanotifyClass = { notification: 0x00, content: 0x04 } as const
export const FanotifyFlag = {
  closeOnExec: 0x01,
  nonBlocking: 0x02,
  unlimitedQueue: 0x10,
  unlimitedMarks: 0x20,
  reportFile: 0x200,
  reportFolderAndName: 0xc00,
} as const
export const FanotifyMark = {
  add: 0x01,
  remove: 0x02,
  mount: 0x10,
  ignoredMask: 0x20,
  flush: 0x80,
  filesystem: 0x100,
} as const
export const FanotifyEvent = {
  attributes: 0x04,
  closeWrite: 0x08,
  movedFrom: 0x40,
  movedTo: 0x80,
  create: 0x100,
  delete: 0x200,
  overflow: 0x4000,
  openPermission: 0x1_0000,
  openExecPermission: 0x4_0000,
  onChild: 0x0800_0000,
  onFolder: 0x4000_0000,
} as const
export const FanotifyResponse = { allow: 0x01, deny: 0x02 } as const
