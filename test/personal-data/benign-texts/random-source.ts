import { createCipheriv, createHash } from 'node:crypto'

const hexDigits = '0123456789abcdef'

/** Randomness that is the same in every run: the key stream of AES in counter mode, whose key is the name. */
export class RandomSource {
  readonly #cipher
  #block: Buffer = Buffer.alloc(0)
  #at = 0

  constructor(name: string) {
    const key = createHash('sha256').update(name).digest()
    this.#cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  }

  bytes(length: number): Buffer {
    return this.#cipher.update(Buffer.alloc(length))
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    if (this.#at === this.#block.length) {
      this.#block = this.bytes(65_536)
      this.#at = 0
    }
    const number = this.#block.readUInt32LE(this.#at)
    this.#at += 4
    return Math.floor((number / 2 ** 32) * below)
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]
  }

  digits(length: number): string {
    let text = ''
    for (let i = 0; i < length; i++) text += this.below(10)
    return text
  }

  hex(length: number): string {
    let text = ''
    for (let i = 0; i < length; i++) text += hexDigits[this.below(16)]
    return text
  }

  /** Version 4, RFC 9562 section 5.4. */
  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${this.pick('89ab'.split(''))}${this.hex(3)}-${this.hex(12)}`
  }

  /** Milliseconds since 1970, in 2025 or 2026. */
  time(): number {
    return 1_735_689_600_000 + this.below(60_000_000) * 1000 + this.below(1000)
  }

  timestamp(): string {
    return new Date(this.time()).toISOString()
  }

  /** Words of trade and technology, which are nobody's name. */
  words(count: number): string {
    return Array.from({ length: count }, () => this.pick(vocabulary)).join(' ')
  }
}

const vocabulary =
  'about account across adapter after against all amount and array available backup balance bar basic batch before below between binary black blue board body border bottle bottom box branch bread bridge bright browser buffer build bundle button cable cache cart case catalogue chair change channel charge check choice circle class clean clear client close cloud coat code coffee colour column command compare complete connection content cotton count cover create cup current data date default delivery deploy depth desk detail device digital discount disk display document double down draft drawer drive edge electric element empty enable end energy engine entry error event every example export fabric fast field file filter final find finish fixed flat floor folder font format found frame free fresh from full function garden gate glass gold good graph green grey grid group half handle hardware header heavy height high home hook image import include index input inside install item join jumper kettle key kitchen label lamp large layer leather left length level library light limit line link list load local lock log long loop low machine main map mark match material measure memory menu message metal method middle minute mobile mode model module monitor mouse move narrow network next node normal note notice number object offer office oil open option orange order other outer output oval package page paint pair panel paper part pass path pattern pending pipe plain plan plastic plate point policy port power press price print process product profile project proxy queue quick rack range rate read ready record red region release remove render repeat report request reset resource response result retry return right ring room root round route row rule run sample save scale schema screen script search season section select sensor server service session set shadow shape sheet shelf shelter ship shirt short silver simple single size skip small smart sofa soft sort source space spare speed split square stack stage standard start state status steel step stock stone storage store stream string strip style summer supply support surface switch system table tag target task tea template test text thermal thick thin thread time title token tool top total track trade transfer tray tree trim type under unit update upper value vase version vertical view wall warm warning wash watch water weight white wide width window winter wire wood wool work worker write yellow zone'.split(
    ' ',
  )
