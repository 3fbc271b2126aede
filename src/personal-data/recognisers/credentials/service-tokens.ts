import type { Recogniser } from '../../recogniser.ts'
import { hasBase62Checksum } from './github-token.ts'
import type { TokenKind } from './credential.ts'
import { checkedTokenConfidence, longRun, token, tokenConfidence } from './credential.ts'
import { alphanumeric, base62Checksum, base64, base64url, decimal, hex } from './samples.ts'

/** Ends in a letter, so that an example is found whole. */
const ended = (length: number, seed = 1): string => `${base64url(length - 1, seed)}Q`
const x = (length: number): string => 'x'.repeat(length)

const npm = (seed: number): string => {
  const body = alphanumeric(30, seed)
  return `npm_${body}${base62Checksum(body)}`
}

/** An expression whose whole match is the value. */
const whole = (expression: string): TokenKind['forms'][number] => ({
  expression,
  confidence: tokenConfidence,
})

/** How a value begins, and the bytes that it goes on with, of which so many belong to the beginning. */
const begins = (
  start: string,
  byteClass: string,
  [least, most]: [number, number],
): TokenKind['forms'][number] => ({
  expression: start + longRun(byteClass, least, most),
  goesOnWith: byteClass,
  confidence: tokenConfidence,
})

const kinds: readonly TokenKind[] = [
  {
    id: 'slack-token',
    name: 'Slack token',
    forms: [
      whole('xox[abcprs]-(?:[0-9]{1,14}-){1,3}[A-Za-z0-9]{16,64}'),
      whole('xapp-[0-9]-[A-Z0-9]{8,13}-[0-9]{10,14}-[a-f0-9]{64}'),
      begins('xoxe(?:\\.xox[bp])?-1-', '[A-Za-z0-9]', [40, 94]),
    ],
    beginnings: ['xoxe.', 'xoxe-', 'xoxa-', 'xoxb-', 'xoxc-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'],
    fieldNames: ['slack token', 'bot token', 'slack'],
    source: 'Slack API documentation, “Tokens: token types”',
    examples: {
      good: [
        `xoxb-${decimal(12)}-${decimal(13, 2)}-${alphanumeric(24)}`,
        `xoxp-${decimal(11)}-${decimal(12, 2)}-${decimal(13, 3)}-${hex(32)}`,
        `xapp-1-A${decimal(10)}-${decimal(13, 2)}-${hex(64)}`,
        `xoxe.xoxp-1-${alphanumeric(146)}`,
      ],
      bad: [
        `xoxb-${alphanumeric(24)}`,
        `xoxb-${decimal(12)}-${decimal(12)}-${x(24)}`,
        `xoxz-${decimal(12)}-${alphanumeric(24)}`,
      ],
    },
  },
  {
    id: 'slack-webhook',
    name: 'Slack webhook address',
    forms: [
      whole(
        'hooks\\.slack(?:-gov)?\\.com/(?:services|workflows|triggers)/[A-Z0-9]{8,13}/[A-Z0-9]{8,20}/[A-Za-z0-9]{20,48}',
      ),
    ],
    beginnings: ['hooks.slack.com/', 'hooks.slack-gov.com/'],
    fieldNames: ['slack webhook', 'webhook url', 'webhook', 'url'],
    source: 'Slack API documentation, “Sending messages using incoming webhooks”',
    examples: {
      good: [
        `hooks.slack.com/services/T0${decimal(8)}/B0${decimal(8, 2)}/${alphanumeric(24)}`,
        `hooks.slack.com/services/T${decimal(8)}/B${decimal(8, 2)}/${alphanumeric(24, 2)}`,
        `hooks.slack-gov.com/services/T0${decimal(8)}/B0${decimal(8, 2)}/${alphanumeric(24)}`,
      ],
      bad: [
        `hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}`,
        'hooks.slack.com/services/T012345678/B012345678',
        `hooks.example.com/services/T0${decimal(8)}/B0${decimal(8)}/${alphanumeric(24)}`,
      ],
    },
  },
  {
    id: 'stripe-key',
    name: 'Stripe live key',
    forms: [whole('[rs]k_live_[A-Za-z0-9]{20,110}')],
    beginnings: ['sk_live_', 'rk_live_'],
    fieldNames: ['stripe key', 'stripe secret', 'stripe'],
    source: 'Stripe documentation, “API keys”: publishable and test keys open nothing',
    examples: {
      good: [`sk_live_${alphanumeric(24)}`, `rk_live_${alphanumeric(24)}`, `sk_live_${alphanumeric(99)}`],
      bad: [
        `sk_test_${alphanumeric(24)}`,
        `pk_live_${alphanumeric(24)}`,
        `sk_live_${x(24)}`,
        'sk_live_short',
      ],
    },
  },
  {
    id: 'twilio-key',
    name: 'Twilio API key',
    // No checksum, and the digits of a digest.
    forms: [{ expression: 'SK[0-9a-f]{32}', confidence: 0.9 }],
    beginnings: ['SK'],
    fieldNames: ['twilio key', 'twilio api key', 'twilio'],
    source: 'Twilio documentation, “API keys” and “String identifier (SID)”',
    examples: {
      good: [`SK${hex(32)}`, `SK${hex(32, 2)}`, `SK${hex(32, 3)}`],
      bad: [`SK${hex(31)}`, `SK${hex(32).toUpperCase()}`, `SK${'0'.repeat(32)}`, `PN${hex(32)}`],
    },
  },
  {
    id: 'sendgrid-key',
    name: 'SendGrid API key',
    forms: [whole('SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}')],
    beginnings: ['SG.'],
    fieldNames: ['sendgrid key', 'sendgrid api key', 'sendgrid'],
    source: 'SendGrid documentation, “API keys”: 69 characters',
    examples: {
      good: [1, 2, 3].map((seed) => `SG.${ended(22, seed)}.${ended(43, seed)}`),
      bad: [`SG.${ended(22)}.${ended(42)}`, `SG.${ended(21)}.${ended(43)}`, `SG.${x(22)}.${x(43)}`],
    },
  },
  {
    id: 'npm-token',
    name: 'npm access token',
    forms: [{ expression: 'npm_[A-Za-z0-9]{36}', confidence: checkedTokenConfidence }],
    beginnings: ['npm_'],
    fieldNames: ['npm token', 'npm auth token', 'auth token'],
    check: ({ bytes, start, end }) => hasBase62Checksum(bytes, start + 'npm_'.length, end),
    source: 'GitHub changelog of September 2021, “npm has a new access token format”: as GitHub’s own',
    examples: {
      good: [npm(1), npm(2), npm(3)],
      bad: [`npm_${alphanumeric(36)}`, `npm_${x(36)}`, npm(1).slice(0, -1), 'npm_config_registry'],
    },
  },
  {
    id: 'pypi-token',
    name: 'PyPI API token',
    // A macaroon, whose first field is the name of the index.
    forms: [begins('pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZ)', '[A-Za-z0-9_-]', [40, 94])],
    beginnings: ['pypi-'],
    fieldNames: ['pypi token', 'twine password', 'pypi'],
    source: 'Warehouse documentation, “Macaroons”; pypi.org/help, “How can I use API tokens”',
    examples: {
      good: [
        `pypi-AgEIcHlwaS5vcmc${ended(150)}`,
        `pypi-AgENdGVzdC5weXBpLm9yZ${ended(150)}`,
        `pypi-AgEIcHlwaS5vcmc${ended(90)}`,
      ],
      bad: [`pypi-AgEIcHlwaS5vcmc${ended(20)}`, `pypi-${ended(150)}`, `pypi-AgEIcHlwaS5vcmc${x(100)}`],
    },
  },
  {
    id: 'docker-hub-token',
    name: 'Docker Hub access token',
    forms: [whole('dckr_pat_[A-Za-z0-9_-]{27}'), whole('dckr_oat_[A-Za-z0-9_-]{32}')],
    beginnings: ['dckr_pat_', 'dckr_oat_'],
    fieldNames: ['docker token', 'docker password', 'docker'],
    source: 'Docker documentation, “Personal access tokens” and “Organization access tokens”',
    examples: {
      good: [`dckr_pat_${ended(27)}`, `dckr_oat_${ended(32)}`, `dckr_pat_${ended(27, 2)}`],
      bad: [`dckr_pat_${ended(26)}`, `dckr_pat_${x(27)}`, `dckr_xat_${ended(27)}`],
    },
  },
  {
    id: 'vault-token',
    name: 'HashiCorp Vault token',
    forms: [begins('hv[bsr]\\.', '[A-Za-z0-9_-]', [24, 78])],
    beginnings: ['hvs.', 'hvb.', 'hvr.'],
    fieldNames: ['vault token', 'x vault token', 'client token', 'vault'],
    source: 'HashiCorp Vault documentation, “Tokens: token prefixes”',
    examples: {
      good: [`hvs.${ended(24)}`, `hvs.${ended(92)}`, `hvb.${ended(138)}`],
      bad: [`hvs.${ended(20)}`, `hvx.${ended(24)}`, `hvs.${x(24)}`],
    },
  },
  {
    id: 'openai-key',
    name: 'OpenAI API key',
    // T3BlbkFJ is “OpenAI” in base64.
    forms: [
      whole('sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}'),
      begins('sk-(?:proj|svcacct|admin)-', '[A-Za-z0-9_-]', [40, 94]),
    ],
    beginnings: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-'],
    fieldNames: ['openai key', 'openai api key', 'openai'],
    source: 'OpenAI API reference, “Authentication”; keys of the kinds that its platform gives out',
    examples: {
      good: [
        `sk-${alphanumeric(20)}T3BlbkFJ${alphanumeric(20, 2)}`,
        `sk-proj-${base64url(74)}T3BlbkFJ${ended(74)}`,
        `sk-svcacct-${ended(60)}`,
      ],
      bad: [`sk-${alphanumeric(48)}`, `sk-proj-${x(60)}`, 'sk-proj-short', `sk-other-${ended(60)}`],
    },
  },
  {
    id: 'anthropic-key',
    name: 'Anthropic API key',
    forms: [whole('sk-ant-[a-z]{3,8}[0-9]{2}-[A-Za-z0-9_-]{80,110}')],
    beginnings: ['sk-ant-'],
    fieldNames: ['anthropic key', 'anthropic api key', 'x api key', 'anthropic'],
    source: 'Anthropic API documentation, “Authentication”; keys of the kinds that its console gives out',
    examples: {
      good: [
        `sk-ant-api03-${base64url(93)}AA`,
        `sk-ant-admin01-${base64url(93)}AA`,
        `sk-ant-oat01-${base64url(93)}AA`,
      ],
      bad: [`sk-ant-api03-${base64url(30)}AA`, `sk-ant-api03-${x(93)}AA`, `sk-ant-${ended(95)}`],
    },
  },
  {
    id: 'telegram-bot-token',
    name: 'Telegram bot token',
    forms: [whole('[0-9]{8,10}:AA[A-Za-z0-9_-]{33}')],
    // The number of the bot is public.
    beginnings: [],
    fieldNames: ['bot token', 'telegram token', 'telegram'],
    source: 'Telegram Bot API, “Authorizing your bot”',
    examples: {
      good: [
        `${decimal(9)}:AA${ended(33)}`,
        `${decimal(10)}:AA${ended(33, 2)}`,
        `${decimal(8)}:AA${ended(33, 3)}`,
      ],
      bad: [
        `${decimal(9)}:AA${ended(32)}`,
        `${decimal(9)}:BB${ended(33)}`,
        `${decimal(7)}:AA${ended(33)}`,
        `${decimal(9)}:AA${x(33)}`,
      ],
    },
  },
  {
    id: 'shopify-token',
    name: 'Shopify token',
    forms: [whole('shp(?:at|ca|pa|ss|ua)_[A-Fa-f0-9]{32}')],
    beginnings: ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shpua_'],
    fieldNames: ['shopify token', 'x shopify access token', 'shopify'],
    source: 'Shopify developer changelog of 2021, “API secret keys and access tokens have prefixes”',
    examples: {
      good: [`shpat_${hex(32)}`, `shpss_${hex(32, 2)}`, `shpca_${hex(32, 3)}`],
      bad: [`shpat_${hex(31)}`, `shpxx_${hex(32)}`, `shpat_${'0'.repeat(32)}`],
    },
  },
  {
    id: 'digitalocean-token',
    name: 'DigitalOcean token',
    forms: [whole('do[opr]_v1_[a-f0-9]{64}')],
    beginnings: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    fieldNames: ['digitalocean token', 'do token', 'digitalocean'],
    source: 'DigitalOcean release notes of 2022, “New token format”',
    examples: {
      good: [`dop_v1_${hex(64)}`, `doo_v1_${hex(64, 2)}`, `dor_v1_${hex(64, 3)}`],
      bad: [`dop_v1_${hex(63)}`, `dox_v1_${hex(64)}`, `dop_v1_${'0'.repeat(64)}`],
    },
  },
  {
    id: 'atlassian-token',
    name: 'Atlassian API token',
    forms: [begins('AT(?:ATT|CTT|STT)3', '[A-Za-z0-9_=-]', [50, 104]), whole('ATBB[A-Za-z0-9]{32}')],
    beginnings: ['ATATT3', 'ATCTT3', 'ATSTT3', 'ATBB'],
    fieldNames: ['atlassian token', 'jira token', 'bitbucket password', 'app password', 'atlassian'],
    source: 'Atlassian Support, “Manage API tokens”; Bitbucket Cloud, “App passwords”',
    examples: {
      good: [
        `ATATT3${base64url(150)}=${hex(8).toUpperCase()}`,
        `ATCTT3${ended(160)}`,
        `ATBB${alphanumeric(32)}`,
      ],
      bad: [`ATATT3${ended(30)}`, `ATBB${alphanumeric(31)}`, `ATBB${x(32)}`, `ATXTT3${ended(170)}`],
    },
  },
  {
    id: 'azure-storage-key',
    name: 'Azure storage account key or shared access signature',
    forms: [
      whole('(?:Account|SharedAccess)Key=(?:[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{43}=)'),
      whole('[?&]sig=(?:[A-Za-z0-9+/]|%2[BFbf]){43}(?:=|%3[Dd])'),
    ],
    beginnings: ['AccountKey=', 'SharedAccessKey=', '?sig=', '&sig='],
    fieldNames: ['connection string', 'storage connection string', 'sas token', 'sas url', 'url'],
    source: 'Microsoft Learn, “Configure Azure Storage connection strings” and “Create a service SAS”',
    examples: {
      good: [`AccountKey=${base64(86)}==`, `SharedAccessKey=${base64(43)}=`, `&sig=${base64(43, 2)}%3D`],
      bad: [
        `AccountKey=${base64(85)}==`,
        `AccountKey=${x(86)}==`,
        `&sig=${base64(42)}%3D`,
        `&signature=${base64(43)}%3D`,
      ],
    },
  },
]

/** Tokens of services that write theirs in a way of their own, one kind each. */
export const serviceTokens: readonly Recogniser[] = kinds.map(token)
