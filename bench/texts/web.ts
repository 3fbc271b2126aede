/** A generator of its own, so that all runs scan the same bytes. */
function randomSource(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const words =
  'the of and to in for is on that by this with you it not or be are from at as your all have new more an was we will home can us about if page my has search free but our one other do no information time they site he up may what which their news out use any there see only so his when contact here business who web also now help get view online first been would how were services some these click its like service than find price date back top people had list name just over state year day into email two health world next used go work last most products music buy data make them should product system post her city add policy number such please available copyright support message after best software then good video well where info rights public books high school through each links she review years order very privacy book items company read group need many user said does set under general research university january mail full map reviews program life know games way days management part could great united hotel real item international center ebay must store travel comments made development report off member details line terms before hotels did send right type because local those using results office education national car design take posted internet address community within states area want phone shipping reserved subject between forum family long based code show even black check special prices website index being women much sign file link open today technology south case project same pages version section own found sports house related security both county american photo game members power while care network down computer systems three total place end following download him without per access think north resources current posts big media law control water history pictures size art personal since including guide shop directory board location change white text small rating rate government children during return students shopping account times sites level digital profile previous form events love old john main call hours image department title description'.split(
    ' ',
  )

/** HTML, JSON, minified JavaScript and CSS, in equal parts, without anything personal. */
export function benignText(contentBytes: number): string {
  const random = randomSource(1)
  const word = (): string => words[random(words.length)]
  const sentence = (): string => Array.from({ length: 6 + random(14) }, word).join(' ')
  const hex = (length: number): string => Array.from({ length }, () => random(16).toString(16)).join('')
  const parts: (() => string)[] = [
    () =>
      `<div class="${word()}-${word()} col-${random(12)}"><a href="/${word()}/${word()}?id=${random(99999)}">${sentence()}</a><p>${sentence()}. ${sentence()}.</p></div>\n`,
    () =>
      `{"id":"${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}","name":"${word()} ${word()}","sku":"${word().slice(0, 2).toUpperCase()}${random(1e8)}","price":${random(9999) / 100},"stock":${random(500)},"createdAt":"2026-0${1 + random(9)}-1${random(9)}T0${random(9)}:3${random(9)}:00.${100 + random(900)}Z","tags":["${word()}","${word()}"],"description":"${sentence()}","updated":${1760000000000 + random(1e9)}},\n`,
    () =>
      `function ${word()[0]}${random(99)}(e,t,n){var r=e.${word()}||{},o=t[${random(40)}];return n&&(r.${word()}=o.${word()}(${random(999)},"${word()}")),"object"==typeof o?o.map(function(e){return e.${word()}+${random(64)}}):void 0!==r?r.${word()}:null}`,
    () =>
      `.${word()}-${word()}{margin:${random(40)}px ${random(40)}px;color:#${hex(6)};width:${random(1000) / 10}%;background:url(/img/${word()}.png)}.${word()}:hover{opacity:.${random(99)}}\n`,
  ]
  return repeatUntil(contentBytes, parts.length, (i) => parts[i]())
}

/** JSON of customers: half of the fields personal, six findings a record of 500 bytes. */
export function denseText(contentBytes: number): string {
  const random = randomSource(2)
  const word = (): string => words[random(words.length)]
  const digits = (length: number): string => Array.from({ length }, () => random(10)).join('')
  const hex = (length: number): string => Array.from({ length }, () => random(16).toString(16)).join('')
  const record = (): string =>
    JSON.stringify({
      id: `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
      customer: {
        name: `${word()} ${word()}`,
        email: `${word()}.${word()}${random(99)}@${word()}.example.com`,
        mobile: `+49 30 ${digits(8)}`,
      },
      address: { street: `${word()} ${random(200)}`, zip: digits(5), city: word(), country: 'DE' },
      payment: {
        iban: withCheckDigits('DE', digits(18)),
        card: withLuhn(`4${digits(14)}`),
        holder: `${word()} ${word()}`,
      },
      ssn: `${100 + random(500)}-${10 + random(89)}-${1000 + random(8999)}`,
      lastLogin: {
        ip: `${11 + random(200)}.${random(256)}.${random(256)}.${1 + random(250)}`,
        at: `2026-0${1 + random(9)}-1${random(9)}T0${random(9)}:3${random(9)}:00Z`,
      },
      orders: [{ orderId: digits(12), total: random(99999) / 100, status: word(), items: random(20) }],
      note: `${word()} ${word()} ${word()}`,
    })
  return repeatUntil(contentBytes, 1, () => `${record()}\n`)
}

function withCheckDigits(country: string, body: string): string {
  const value = [...`${body}${country}00`].map((c) => Number.parseInt(c, 36)).join('')
  return `${country}${String(98n - (BigInt(value) % 97n)).padStart(2, '0')}${body}`
}

function withLuhn(body: string): string {
  const sum = [...body].reduce((total, digit, i) => {
    const value = i % 2 === 0 ? Number(digit) * 2 : Number(digit)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}

function repeatUntil(sizeBytes: number, kinds: number, part: (kind: number) => string): string {
  const parts: string[] = []
  for (let size = 0, i = 0; size < sizeBytes; i++) {
    const next = part(i % kinds)
    parts.push(next)
    size += next.length
  }
  return parts.join('')
}

/** What makes the scanner work hardest: values and near misses side by side, in free text. */
export function packedText(contentBytes: number): string {
  const packed = [
    'a@b.cc ',
    '1.1.1.1 ',
    '4111111111111112 ',
    '4111-4111-',
    '123456789 ',
    '+49 30 12345678 ',
    'a:b:c::',
    'DE89 3704 0044 0532 0130 01 ',
    '1.',
  ]
  return repeatUntil(contentBytes, packed.length, (kind) => packed[kind].repeat(20))
}
