import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import type { Direction } from '../../model/direction.ts'
import { collectedMemoryBytes } from './collected-bytes.ts'
import * as fixtures from './fixtures.ts'
import { client, cutRun, login, lost, query, run, server, type Turn } from './fixtures.ts'
import { rememberedNamesInAll } from './statements.ts'

const { bind, bound, close, closed, columns, complete, error, execute, message, noData, parameterTypes } =
  fixtures
const { parse, parsed, ready, row, startup, sync } = fixtures

const names = ['alpha', 'beta', 'gamma', ''] as const
const portals = ['p', 'q', ''] as const

/** What a client does next; numbers choose among names. */
type Step = [
  kind:
    | 'parse'
    | 'bind'
    | 'describe'
    | 'describePortal'
    | 'execute'
    | 'run'
    | 'close'
    | 'sync'
    | 'query'
    | 'bad'
    | 'answer'
    | 'lose',
  name: number,
  other: number,
]

/** A server as PostgreSQL answers: the values of a row are the name of their column. */
class Model {
  readonly turns: Turn[] = [...login]
  readonly #statements = new Map<string, string>()
  readonly #portals = new Map<string, string>()
  #answers: Buffer[] = []
  #skips = false
  #count = 0

  step([kind, i, j]: Step): void {
    const name = names[i % names.length]
    const portal = portals[j % portals.length]
    if (kind === 'answer') this.#answer()
    else if (kind === 'lose') this.#lose(i, j)
    else if (kind === 'sync') this.#sync()
    else if (kind === 'query') this.#query()
    else if (kind === 'parse') this.#parse(name)
    else if (kind === 'bind') this.#bind(portal, name)
    else if (kind === 'describe') this.#describe('S', name, this.#statements.get(name))
    else if (kind === 'describePortal') this.#describePortal(portal)
    else if (kind === 'execute') this.#execute(portal)
    else if (kind === 'run') {
      this.#bind(portal, name)
      this.#execute(portal)
    } else if (kind === 'close') this.#say(close('S', name), () => (this.#statements.delete(name), [closed]))
    else this.#say(bind('', 'missing'), () => undefined)
  }

  #answer(): void {
    if (this.#answers.length > 0) this.turns.push(server(...this.#answers))
    this.#answers = []
  }

  /** A hole in either direction: the last turns of it are gone, in part or whole. */
  #lose(i: number, j: number): void {
    this.#answer()
    const direction = (i % 2) as Direction
    const last = this.turns.findLastIndex(([towards]) => towards === direction)
    const [, bytes] = this.turns[last]
    if (last < login.length || 'lost' in bytes) return
    const at = Math.floor((bytes.length * (j % 8)) / 8)
    this.turns.splice(last, 1, [direction, bytes.subarray(0, at)], lost(direction, bytes.length - at))
  }

  /** Sends a message; `reply` gives the answer, undefined for an error. */
  #say(request: Buffer, reply: () => Buffer[] | undefined): void {
    this.turns.push(client(request))
    if (this.#skips) return
    const told = reply()
    this.#answers.push(...(told ?? [error('Mno')]))
    this.#skips = told === undefined
    if (this.#skips) this.#portals.clear()
  }

  #sync(): void {
    this.turns.push(client(sync))
    this.#skips = false
    this.#answers.push(ready)
  }

  #query(): void {
    const column = `c${this.#count++}`
    if (this.#skips) return
    this.#say(query(column), () => [columns(column), row(column), complete(), ready])
  }

  #parse(name: string): void {
    const column = `c${this.#count++}`
    this.#say(parse(name, column), () => {
      if (name !== '' && this.#statements.has(name)) return undefined
      this.#statements.set(name, column)
      return [parsed]
    })
  }

  #bind(portal: string, name: string): void {
    this.#say(bind(portal, name), () => {
      const column = this.#statements.get(name)
      if (column === undefined) return undefined
      this.#portals.set(portal, column)
      return [bound]
    })
  }

  #describe(kind: string, name: string, column: string | undefined): void {
    const head = kind === 'S' ? [parameterTypes()] : []
    this.#say(fixtures.describe(kind, name), () =>
      column === undefined ? undefined : [...head, columns(column)],
    )
  }

  /** As clients do: what is described is executed next. */
  #describePortal(portal: string): void {
    this.#describe('P', portal, this.#portals.get(portal))
    this.#execute(portal)
  }

  #execute(portal: string): void {
    this.#say(execute(portal), () => {
      const column = this.#portals.get(portal)
      return column === undefined ? undefined : [row(column), complete()]
    })
  }
}

/** As often as they are listed. */
const kinds: readonly Step[0][] = [
  ...(['parse', 'describe', 'describePortal', 'close', 'query', 'bad'] as const),
  ...([
    'run',
    'run',
    'run',
    'run',
    'bind',
    'execute',
    'sync',
    'sync',
    'sync',
    'answer',
    'answer',
    'answer',
  ] as const),
]
const small = fc.nat(11)
const steps = (...more: Step[0][]) =>
  fc.array(fc.tuple(fc.constantFrom<Step[0]>(...kinds, ...more), small, small), {
    minLength: 20,
    maxLength: 120,
  })

function turnsOf(done: readonly Step[]): Turn[] {
  const model = new Model()
  for (const [i] of names.entries())
    for (const kind of ['parse', 'describe'] as const) model.step([kind, i, 0])
  for (const kind of ['sync', 'answer'] as const) model.step([kind, 0, 0])
  for (const step of done) model.step(step)
  for (const kind of ['sync', 'answer'] as const) model.step([kind, 0, 0])
  return model.turns
}

/** Rows that have another name than their own. */
function misnamed(lines: readonly string[]): string[] {
  return lines.filter((line) => {
    const [, name, value] = /^< sql\.column (.*)=(.*)$/s.exec(line) ?? []
    return name !== undefined && name !== '' && name !== value
  })
}

describe('whatever is asked in whatever order', () => {
  it('no row is named by the columns of another statement', () => {
    fc.assert(
      fc.property(steps(), (done) => assert.deepEqual(misnamed(run(turnsOf(done)).lines), [])),
      { numRuns: fuzzRuns },
    )
  })

  it('no row is out of step without a loss', () => {
    fc.assert(
      fc.property(steps(), (done) => {
        const { lines } = run(turnsOf(done))
        assert.deepEqual(
          lines.filter((line) => line.startsWith('!')),
          [],
        )
      }),
      { numRuns: fuzzRuns },
    )
  })

  it('nor behind holes', () => {
    fc.assert(
      fc.property(steps('lose'), (done) => assert.deepEqual(misnamed(run(turnsOf(done)).lines), [])),
      { numRuns: fuzzRuns },
    )
  })

  it('what is told is the same wherever it is cut, and nothing is held at the end', () => {
    const held = collectedMemoryBytes()
    const remembered = rememberedNamesInAll()
    fc.assert(
      fc.property(steps('lose'), fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (done, lengths) => {
        const turns = turnsOf(done)
        const cut = cutRun(turns, (length) => {
          const cuts: number[] = []
          for (let at = lengths.next().value ?? 1; at < length; at += lengths.next().value ?? 1) cuts.push(at)
          return cuts
        })
        assert.deepEqual(cut.lines, run(turns).lines)
        assert.equal(collectedMemoryBytes(), held)
        assert.equal(rememberedNamesInAll(), remembered)
      }),
      { numRuns: fuzzRuns },
    )
  })
})

describe('damaged traffic', () => {
  const whole: Turn[] = [
    client(fixtures.sslRequest, startup('user', 'x')),
    server(Buffer.from('N')),
    ...login.slice(1),
    client(query('COPY p (a, b) FROM STDIN'), fixtures.copyData('1\tx\\t\n'), fixtures.copyDone),
    server(fixtures.copyResponse('G', 2), complete('COPY 1'), ready),
    client(
      parse('', 'SELECT $1'),
      bind('', '', { formats: [1], values: ['v'], results: [1, 0] }),
      execute(),
      sync,
    ),
    server(parsed, bound, row('1', '2'), complete(), error('Mno', 'Dyes'), ready),
    client(query('COPY p TO STDOUT BINARY')),
    server(
      fixtures.copyResponse('H', 2, 1),
      fixtures.copyData(Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x01x\xff\xff', 'latin1')),
      fixtures.copyDone,
      noData,
      message('V', fixtures.value('x')),
      message('A', fixtures.int32(1), fixtures.cstring('c'), fixtures.cstring('p')),
    ),
  ]

  it('never throws, is the same wherever it is cut, and leaves nothing held', () => {
    const held = collectedMemoryBytes()
    const edit = fc.record({
      turn: fc.nat(whole.length - 1),
      at: fc.nat(200),
      byte: fc.nat(255),
      hole: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), fc.integer({ min: 1, max: 30 }), (edits, piece) => {
        const turns = whole.map(([direction, bytes]): Turn => [
          direction,
          'lost' in bytes ? bytes : Buffer.from(bytes),
        ])
        const holes: Turn[] = []
        for (const { turn, at, byte, hole } of edits) {
          const [direction, bytes] = turns[turn]
          if ('lost' in bytes) continue
          bytes[at % bytes.length] = byte
          if (hole) holes.push(lost(direction, 1 + at))
        }
        for (const [i, hole] of holes.entries()) turns.splice((i * 3) % turns.length, 0, hole)
        assert.deepEqual(run(turns, piece).lines, run(turns).lines)
        assert.equal(collectedMemoryBytes(), held)
      }),
      { numRuns: fuzzRuns },
    )
  })
})
