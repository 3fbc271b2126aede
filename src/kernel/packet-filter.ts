import { EtherType } from '../packet/decode/ethernet.ts'
import { HardwareType, PacketType } from './constants.ts'
import { kernelLimits } from './limits.ts'
import { HELD_MARK } from './netfilter/marks.ts'

/*
 * What the ring takes of each packet, decided by the kernel (classic BPF, `linux/filter.h`) before it copies anything.
 */

/** What is not in the packet is loaded at these, from `SKF_AD_OFF` (-0x1000) on. */
const Ancillary = {
  protocol: 0xffff_f000,
  packetType: 0xffff_f004,
  mark: 0xffff_f014,
  hardwareType: 0xffff_f01c,
} as const
/**
 * `BPF_LD | BPF_W | BPF_ABS`, `BPF_LD | BPF_H | BPF_ABS`, `BPF_JMP | BPF_JEQ | BPF_K`, `BPF_JMP | BPF_JSET | BPF_K`,
 * `BPF_RET | BPF_K`.
 */
const Operation = { loadWord: 0x20, loadHalf: 0x28, ifEqual: 0x15, ifAnyBit: 0x45, give: 0x06 } as const
const ETHER_TYPE_AT = 12
const INSTRUCTION_BYTES = 8

interface Instruction {
  operation: number
  value: number
  /** Labels to go on at after a comparison; without, the next instruction. */
  equal?: string
  differs?: string
  label?: string
}

/**
 * - On loopback each packet passes twice, as sent and as received: only the latter is taken.
 * - On Ethernet the type that stands in the frame decides, and not what its sender told the kernel: a workload with a raw
 *   socket may say anything. What has no decoder is cut to a few bytes, enough to count it.
 * - On interfaces without link header (tunnels) the kernel's word is all there is.
 */
const program: Instruction[] = [
  { operation: Operation.loadWord, value: Ancillary.hardwareType },
  { operation: Operation.ifEqual, value: HardwareType.ethernet, equal: 'ethernet' },
  { operation: Operation.ifEqual, value: HardwareType.loopback, differs: 'bare' },
  { operation: Operation.loadWord, value: Ancillary.packetType },
  { operation: Operation.ifEqual, value: PacketType.outgoing, equal: 'nothing' },
  { operation: Operation.loadHalf, value: ETHER_TYPE_AT, label: 'ethernet' },
  ...Object.values(EtherType).map((value) => ({ operation: Operation.ifEqual, value, equal: 'all' })),
  { operation: Operation.give, value: kernelLimits.passedOverBytes },
  { operation: Operation.loadWord, value: Ancillary.protocol, label: 'bare' },
  { operation: Operation.ifEqual, value: EtherType.ipv4, equal: 'all' },
  { operation: Operation.ifEqual, value: EtherType.ipv6, equal: 'all' },
  { operation: Operation.give, value: kernelLimits.passedOverBytes },
  { operation: Operation.give, value: 0xffff_ffff, label: 'all' },
  { operation: Operation.give, value: 0, label: 'nothing' },
]

/**
 * Where netfilter holds what comes in and goes out until it is judged, the ring takes the rest: the loopback, and what
 * leaves without having passed our rules, be it that it was routed through or that somebody sent it past them.
 */
const unheldProgram: Instruction[] = [
  { operation: Operation.loadWord, value: Ancillary.hardwareType },
  { operation: Operation.ifEqual, value: HardwareType.loopback, equal: 'any' },
  { operation: Operation.loadWord, value: Ancillary.packetType },
  { operation: Operation.ifEqual, value: PacketType.outgoing, differs: 'nothing' },
  { operation: Operation.loadWord, value: Ancillary.mark },
  { operation: Operation.ifAnyBit, value: HELD_MARK, equal: 'nothing' },
  { ...program[0], label: 'any' },
  ...program.slice(1),
]

/** `struct sock_filter[]`: operation (16 bits), jump if true, jump if false (8 bits each), value (32 bits). */
function assemble(instructions: Instruction[]): Uint8Array {
  const bytes = new Uint8Array(instructions.length * INSTRUCTION_BYTES)
  const view = new DataView(bytes.buffer)
  const jump = (from: number, label: string | undefined) =>
    label === undefined ? 0 : instructions.findIndex((each) => each.label === label) - from - 1
  for (const [i, { operation, value, equal, differs }] of instructions.entries()) {
    const at = i * INSTRUCTION_BYTES
    view.setUint16(at, operation, true)
    view.setUint8(at + 2, jump(i, equal))
    view.setUint8(at + 3, jump(i, differs))
    view.setUint32(at + 4, value, true)
  }
  return bytes
}

/** Takes IP and what may have IP inside, each packet once. */
export const ipFilter = assemble(program)
/** Takes of that what no verdict queue holds. */
export const unheldFilter = assemble(unheldProgram)
/** Takes nothing. */
export const closedFilter = assemble([{ operation: Operation.give, value: 0 }])
export const instructionCount = (filter: Uint8Array): number => filter.length / INSTRUCTION_BYTES
