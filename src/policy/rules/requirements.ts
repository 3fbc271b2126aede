import { type Category } from '../../model/records.ts'
import { type Requirements, type TlsVersion, tlsVersions } from '../definition.ts'

/** What is known of a connection so far. */
export interface ConnectionFacts {
  /** `pending`: the bytes that tell have not been seen. */
  encryption: 'pending' | 'none' | 'encrypted'
  /** As negotiated; absent where it is not by TLS or not known. */
  tlsVersion?: string
  /** Categories of personal data found so far. Of what is encrypted nothing is found. */
  categories: readonly Category[]
}

export type Check = 'met' | 'unmet' | 'pending'

export interface RequirementCheck {
  criterion: 'encryption' | 'personal-data'
  wanted: string
  seen: string
  check: Check
}

/** Holds a connection against what a rule asks of it, each part apart. */
export function checkRequirements(
  { encryption, personalData }: Requirements,
  facts: ConnectionFacts,
): RequirementCheck[] {
  const checks: RequirementCheck[] = []
  if (encryption !== undefined) checks.push(checkEncryption(encryption.minimumTlsVersion, facts))
  if (personalData !== undefined) checks.push(checkCategories(personalData, facts))
  return checks
}

/** All together: one that is unmet decides, then one that is pending. */
export function summarise(checks: readonly { check: Check }[]): Check {
  if (checks.some(({ check }) => check === 'unmet')) return 'unmet'
  return checks.some(({ check }) => check === 'pending') ? 'pending' : 'met'
}

function checkEncryption(minimum: TlsVersion | undefined, facts: ConnectionFacts): RequirementCheck {
  const { encryption, tlsVersion } = facts
  const wanted = minimum === undefined ? 'encrypted' : `encrypted with at least ${minimum}`
  const seen =
    encryption === 'none' ? 'in the clear' : encryption === 'pending' ? 'not known yet' : 'encrypted'
  const told = tlsVersion === undefined ? seen : `${seen} with ${tlsVersion}`
  return { criterion: 'encryption', wanted, seen: told, check: encryptionCheck(minimum, facts) }
}

function encryptionCheck(
  minimum: TlsVersion | undefined,
  { encryption, tlsVersion }: ConnectionFacts,
): Check {
  if (encryption !== 'encrypted') return encryption === 'none' ? 'unmet' : 'pending'
  if (minimum === undefined) return 'met'
  if (tlsVersion === undefined) return 'pending'
  // Drafts of 1.3 (`TLSv1.3 draft 28`) count as it; SSL and what has no version here is older.
  const rank = tlsVersions.findLastIndex((version) => tlsVersion.startsWith(version))
  return rank >= tlsVersions.indexOf(minimum) ? 'met' : 'unmet'
}

/** What has not been seen may still come: a category check is met as long as none that may not cross has been found. */
function checkCategories(
  personalData: NonNullable<Requirements['personalData']>,
  { categories }: ConnectionFacts,
): RequirementCheck {
  const isAllowed = 'allowed' in personalData
  const listed = isAllowed ? personalData.allowed : personalData.forbidden
  const wrong = categories.filter((category) => listed.includes(category) !== isAllowed)
  const names = listed.length === 0 ? 'none' : listed.join(', ')
  return {
    criterion: 'personal-data',
    wanted: isAllowed ? `only these categories: ${names}` : `none of these categories: ${names}`,
    seen: categories.length === 0 ? 'none' : categories.join(', '),
    check: wrong.length === 0 ? 'met' : 'unmet',
  }
}
