import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { AccountError } from './account-error.ts'
import { accountLimits } from './limits.ts'

const derive = promisify(argon2)

/** The second recommended option of RFC 9106 section 4: 64 MiB, 3 passes, 4 lanes, 128-bit salt, 256-bit tag. */
const recommended = { memory: 64 * 1024, passes: 3, parallelism: 4, tagLength: 32 } as const
const saltBytes = 16

/** `$argon2id$v=19$m=65536,t=3,p=4$<salt>$<tag>`, base64 without padding (PHC string format). */
const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

let running = 0
const waiting: (() => void)[] = []

type PasswordCost = Pick<Argon2Parameters, 'memory' | 'passes' | 'parallelism' | 'tagLength'>

/**
 * @returns a PHC string
 * @throws AccountError `LOGIN_BUSY`
 */
export async function hashPassword(password: string, cost: PasswordCost = recommended): Promise<string> {
  const nonce = randomBytes(saltBytes)
  const tag = await deriveInTurn({ ...cost, message: normalized(password), nonce })
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
}

/**
 * Takes as long where there is no hash to compare with, so that time does not tell which accounts there are.
 *
 * @param hash PHC string; null for an account that has no password, or for none
 * @throws AccountError `LOGIN_BUSY`
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, memory, passes, lanes, salt, tag] = phc.exec(hash ?? '') ?? []
  if (tag === undefined) {
    await deriveInTurn({ ...recommended, message: normalized(password), nonce: randomBytes(saltBytes) })
    return false
  }
  const expected = Buffer.from(tag, 'base64')
  const derived = await deriveInTurn({
    message: normalized(password),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(lanes),
    tagLength: expected.length,
  })
  return timingSafeEqual(derived, expected)
}

/**
 * No rules on kinds of characters: they make passwords worse (NIST SP 800-63B-4 section 3.1.1.2). Length, and no
 * password that is made of the account's name or of few different characters.
 *
 * @throws AccountError `PASSWORD_WEAK` that says what is wrong with it
 */
export function checkPasswordStrength(password: string, accountName: string): void {
  const characters = [...normalized(password)]
  const { least, most } = accountLimits.passwordLength
  const refuse = (why: string) =>
    new AccountError('PASSWORD_WEAK', `This password ${why}.`, {
      nextStep: `Take a sentence of ${least} characters or more, or what a password manager makes.`,
    })
  if (characters.length < least) throw refuse(`has fewer than ${least} characters`)
  if (characters.length > most) throw refuse(`has more than ${most} characters`)
  if (new Set(characters).size < 6) throw refuse('is made of too few different characters')
  const rest = normalized(password).toLowerCase().replaceAll(accountName.toLowerCase(), '')
  if (rest.length < least / 2) throw refuse('is mostly the name of the account')
}

/** The same password typed on another keyboard is the same (NIST SP 800-63B-4: NFKC or NFKD). */
function normalized(password: string): string {
  return password.normalize('NFKC')
}

async function deriveInTurn(parameters: Argon2Parameters): Promise<Buffer> {
  await turn()
  try {
    return await derive('argon2id', parameters)
  } finally {
    running--
    waiting.shift()?.()
  }
}

async function turn(): Promise<void> {
  if (running >= accountLimits.hashing) {
    if (waiting.length >= accountLimits.hashingWaits) {
      throw new AccountError('LOGIN_BUSY', 'Too many log in at this moment.', { nextStep: 'Try again.' })
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  running++
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
