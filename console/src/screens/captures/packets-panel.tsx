import { useId, useState } from 'react'
import type { PacketPage } from '../../../../src/api/contract/types.ts'
import { downloadPath, type Opening, readPackets } from '../../api/capture-queries.ts'
import { fullNumber } from '../../text.ts'
import { ProblemNote } from '../../ui/parts.tsx'
import { bytesOf, hexLines } from './hex-lines.ts'

type Packet = PacketPage['packets'][number]

interface Opened {
  opening: Opening
  packets: Packet[]
  count: number
  problem: string | null
}

/** What a file holds, masked unless somebody asks for it as it was: shown and given only with a reason, which goes into the audit log with who asked. */
export function PacketsPanel({ file }: { file: string }) {
  const [opened, setOpened] = useState<Opened | Error | null>(null)
  const [isBusy, setBusy] = useState(false)
  const read = async (opening: Opening, known: Packet[]) => {
    setBusy(true)
    try {
      const { packets, count, problem } = await readPackets(file, opening, known.length + 1)
      setOpened({ opening, packets: [...known, ...packets], count, problem })
    } catch (error) {
      setOpened(error as Error)
    }
    setBusy(false)
  }
  return (
    <>
      <OpenForm file={file} isBusy={isBusy} show={(opening) => void read(opening, [])} />
      {opened instanceof Error ? <ProblemNote error={opened} /> : null}
      {opened === null || opened instanceof Error ? null : (
        <Packets opened={opened} isBusy={isBusy} more={() => void read(opened.opening, opened.packets)} />
      )}
    </>
  )
}

interface OpenFormProps {
  file: string
  isBusy: boolean
  show: (opening: Opening) => void
}

/** As the API asks for it. */
const leastReason = 3

function OpenForm({ file, isBusy, show }: OpenFormProps) {
  const id = useId()
  const [reason, setReason] = useState('')
  const [masked, setMasked] = useState(true)
  const given = reason.trim()
  const isGiven = given.length >= leastReason
  const opening = { reason: given, masked }
  return (
    <form
      className="action"
      onSubmit={(event) => {
        event.preventDefault()
        show(opening)
      }}
    >
      <label className="choice">
        <input type="checkbox" checked={masked} onChange={(event) => setMasked(event.target.checked)} />
        Mask the personal data in them
      </label>
      {masked ? null : (
        <p className="warning">
          ▲ Packets are as they were on the network: whatever personal data they carry is readable in them.
        </p>
      )}
      <label htmlFor={id}>Why they are opened: it goes into the audit log, with your name</label>
      <input
        id={id}
        value={reason}
        required
        minLength={leastReason}
        maxLength={500}
        autoComplete="off"
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="buttons">
        <button type="submit" className="main" disabled={isBusy}>
          {isBusy ? 'Opening …' : 'Show the packets'}
        </button>
        {isGiven ? (
          <a href={downloadPath(file, opening)} download={`${file}.pcapng`}>
            Download as pcapng
          </a>
        ) : (
          <span className="faint">With a reason they can be downloaded as well.</span>
        )}
      </div>
    </form>
  )
}

function Packets({ opened, isBusy, more }: { opened: Opened; isBusy: boolean; more: () => void }) {
  const { packets, count, problem } = opened
  return (
    <section aria-label="Packets">
      <p role="status">
        {fullNumber(packets.length)} of {fullNumber(count)} packets
        {problem === null ? '' : `; the rest cannot be read: ${problem}`}
      </p>
      {packets.map((packet) => (
        <PacketDetails key={packet.number} packet={packet} />
      ))}
      {packets.length < count ? (
        <button type="button" className="more" onClick={more} disabled={isBusy}>
          More packets
        </button>
      ) : null}
    </section>
  )
}

/** The bytes are written out once somebody opens it: fifty packets are much text. */
function PacketDetails({ packet }: { packet: Packet }) {
  const [isOpen, setOpen] = useState(false)
  const { number, at, protocol, from, to, flags, length, payloadAt, isCut } = packet
  const ends = from === '' ? protocol : `${from} → ${to} ${protocol} ${flags}`
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {number}. {ends} <span className="faint">{fullNumber(length)} bytes</span>
      </summary>
      {isOpen ? (
        <>
          <p className="faint">
            {at}; the payload begins at {payloadAt.toString(16).padStart(4, '0')}
            {isCut ? '; only its first bytes are here, the file has what was kept' : ''}
          </p>
          <pre className="recorded hex">{hexLines(bytesOf(packet.data)).join('\n')}</pre>
        </>
      ) : null}
    </details>
  )
}
