import { maskSecret } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { copyExactly, isVaried } from './credential.ts'
import { alphanumeric, base64 } from './samples.ts'

/** The alphabet of crypt(3). */
const crypt = '[./A-Za-z0-9]'
const salt = '[./A-Za-z0-9+=_-]'
const digest = '[A-Za-z0-9+/]'

/** What passwords are stored as: who has it can try them out, at leisure. */
export const passwordHash: Recogniser = {
  id: 'password-hash',
  name: 'Password hash',
  category: 'credential',
  forms: [
    // bcrypt: version, cost, 22 characters of salt and 31 of hash.
    { expression: `\\$2[abxy]?\\$[0-3][0-9]\\$${crypt}{53}`, confidence: 0.999 },
    { expression: `\\$1\\$${crypt}{1,8}\\$${crypt}{22}`, confidence: 0.995 },
    { expression: `\\$apr1\\$${crypt}{1,8}\\$${crypt}{22}`, confidence: 0.999 },
    { expression: `\\$5\\$(?:rounds=[0-9]{1,9}\\$)?${crypt}{1,16}\\$${crypt}{43}`, confidence: 0.999 },
    { expression: `\\$6\\$(?:rounds=[0-9]{1,9}\\$)?${crypt}{1,16}\\$${crypt}{86}`, confidence: 0.999 },
    { expression: `\\$(?:gy|y|7)\\$${crypt}{1,20}\\$${crypt}{1,40}\\$${crypt}{43}`, confidence: 0.999 },
    { expression: `\\$[PH]\\$${crypt}{31}`, confidence: 0.99 },
    {
      expression: `\\$argon2(?:id|i|d)\\$(?:v=[0-9]{1,3}\\$)?m=[0-9]{1,10},t=[0-9]{1,6},p=[0-9]{1,6}\\$${salt}{8,40}\\$${digest}{16}`,
      goesOnWith: '[A-Za-z0-9+/]',
      confidence: 0.999,
    },
    {
      expression: `\\$scrypt\\$ln=[0-9]{1,2},r=[0-9]{1,4},p=[0-9]{1,4}\\$${salt}{8,40}\\$${digest}{16}`,
      goesOnWith: '[A-Za-z0-9+/]',
      confidence: 0.999,
    },
    {
      expression: `pbkdf2_sha(?:1|256|512)\\$[0-9]{1,9}\\$${salt}{1,40}\\$${digest}{27}`,
      goesOnWith: '[A-Za-z0-9+/=]',
      confidence: 0.999,
    },
  ],
  check: isVaried,
  mayBeJoined: true,
  fieldNames: ['password hash', 'password', 'passwd', 'hash', 'digest', 'pwd', 'shadow', 'secret'],
  contextWords: {},
  mask: (value) => maskSecret(value, schemeLength(value)),
  normalise: copyExactly,
  source:
    'crypt(5) of libxcrypt; RFC 9106 and the PHC string format; Django documentation, “Password management”',
  examples: {
    good: [
      `$2b$12$${alphanumeric(53)}`,
      `$1$${alphanumeric(8)}$${alphanumeric(22)}`,
      `$apr1$${alphanumeric(8)}$${alphanumeric(22)}`,
      `$5$rounds=5000$${alphanumeric(16)}$${alphanumeric(43)}`,
      `$6$${alphanumeric(16)}$${alphanumeric(86)}`,
      `$y$j9T$${alphanumeric(22)}$${alphanumeric(43)}`,
      `$argon2id$v=19$m=65536,t=3,p=4$${base64(22)}$${base64(43)}`,
      `$scrypt$ln=17,r=8,p=1$${base64(22)}$${base64(43)}`,
      `pbkdf2_sha256$720000$${alphanumeric(22)}$${base64(43)}=`,
    ],
    bad: [
      `$2b$12$${alphanumeric(52)}`,
      `$2b$12$${'x'.repeat(53)}`,
      `$6$${alphanumeric(16)}$${alphanumeric(85)}`,
      `$9$${alphanumeric(16)}$${alphanumeric(86)}`,
      '$argon2id$v=19$m=65536,t=3,p=4$short$short',
      '$1$2$3',
    ],
  },
}

/** Up to the sign behind the scheme's name. */
function schemeLength(value: string): number {
  return value.indexOf('$', 1) + 1
}
