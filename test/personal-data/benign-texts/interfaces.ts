import { readFileSync } from 'node:fs'
import type { BenignText } from './benign-text.ts'
import { RandomSource } from './random-source.ts'

/** What speaks of people's data without having any: forms, translations, schemas, definitions of tables; and names of things. */
export function* interfaceTexts(): Generator<BenignText> {
  const random = new RandomSource('interfaces')
  for (const [name, texts] of Object.entries(translations)) {
    yield text(`translation ${name}.json`, JSON.stringify({ form: { labels: texts, help: texts } }, null, 2))
  }
  yield {
    name: 'openapi.json',
    bytes: readFileSync(new URL('../../../docs/reference/openapi.json', import.meta.url)),
  }
  for (let i = 0; i < 20; i++) {
    yield text(`form ${i}.html`, form(random))
    yield text(`schema ${i}.json`, JSON.stringify(schema(random)))
    yield text(`tables ${i}.sql`, tables(random))
    yield text(`introspection ${i}.json`, JSON.stringify(introspection(random)))
    yield text(`container ${i}.json`, JSON.stringify([container(random)], null, 4))
    yield text(`repository ${i}.json`, JSON.stringify(repository(random)))
    yield text(`settings ${i}.ini`, settings(random))
  }
}

const text = (name: string, content: string): BenignText => ({ name, bytes: Buffer.from(content) })

/** Fields of people, as programs name them. */
const fields = [
  'firstName',
  'lastName',
  'fullName',
  'dateOfBirth',
  'address',
  'street',
  'city',
  'zipCode',
  'phone',
  'email',
  'iban',
  'taxId',
  'diagnosis',
  'patientName',
  'cardNumber',
  'ipAddress',
  'passport',
  'socialSecurityNumber',
  'gender',
  'notes',
]

const translations: Record<string, Record<string, string>> = {
  en: labels([
    'First name',
    'Last name',
    'Full name',
    'Date of birth',
    'Address',
    'Street and number',
    'City',
    'Postcode',
    'Phone number',
    'E-mail address',
    'IBAN',
    'Tax number',
    'Diagnosis',
    'Name of the patient',
    'Card number',
    'IP address',
    'Passport number',
    'Social security number',
    'Gender',
    'Notes',
  ]),
  de: labels([
    'Vorname',
    'Nachname',
    'Vollständiger Name',
    'Geburtsdatum',
    'Anschrift',
    'Straße und Hausnummer',
    'Ort',
    'Postleitzahl',
    'Telefonnummer',
    'E-Mail-Adresse',
    'IBAN',
    'Steuernummer',
    'Diagnose',
    'Name des Patienten',
    'Kartennummer',
    'IP-Adresse',
    'Reisepassnummer',
    'Sozialversicherungsnummer',
    'Geschlecht',
    'Bemerkungen',
  ]),
  fr: labels([
    'Prénom',
    'Nom',
    'Nom complet',
    'Date de naissance',
    'Adresse',
    'Rue et numéro',
    'Ville',
    'Code postal',
    'Numéro de téléphone',
    'Adresse e-mail',
    'IBAN',
    'Numéro fiscal',
    'Diagnostic',
    'Nom du patient',
    'Numéro de carte',
    'Adresse IP',
    'Numéro de passeport',
    'Numéro de sécurité sociale',
    'Sexe',
    'Remarques',
  ]),
}

function labels(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(fields.map((field, i) => [field, texts[i]]))
}

function form(random: RandomSource): string {
  const row = (field: string): string => `  <div class="row ${random.words(1)}">
    <label for="${field}-${random.hex(4)}">${translations['en'][field]}</label>
    <input id="${field}-${random.hex(4)}" name="${field}" type="text" autocomplete="off" maxlength="${random.below(200)}" placeholder="${translations['en'][field]}" required>
    <small class="help">${random.words(6)}</small>
  </div>`
  return `<!doctype html>\n<form action="/${random.words(1)}" method="post">\n${fields.map(row).join('\n')}\n<button name="action" value="save">Save</button></form>\n`
}

function schema(random: RandomSource): object {
  const property = (field: string) => [
    field,
    {
      type: 'string',
      title: translations['en'][field],
      description: random.words(8),
      minLength: 1,
      maxLength: random.below(500),
    },
  ]
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://api.shop.example/${random.words(1)}.json`,
    title: 'Customer',
    type: 'object',
    required: fields.slice(0, 3),
    properties: Object.fromEntries(fields.map(property)),
  }
}

function tables(random: RandomSource): string {
  const column = (field: string): string =>
    `  ${field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} varchar(${random.below(500)}) not null default ''`
  return `CREATE TABLE ${random.words(2).replace(' ', '_')} (\n  id bigint primary key,\n${fields.map(column).join(',\n')}\n);\nCREATE INDEX ON customers (last_name, date_of_birth);\nSELECT first_name, last_name, address FROM customers WHERE id = $1 ORDER BY last_name LIMIT ${random.below(100)};\n`
}

function introspection(random: RandomSource): object {
  const field = (name: string) => ({
    name,
    description: random.words(5),
    args: [],
    type: { kind: 'SCALAR', name: 'String', ofType: null },
    isDeprecated: false,
  })
  const type = (name: string) => ({
    kind: 'OBJECT',
    name,
    description: null,
    fields: fields.map(field),
    interfaces: [],
  })
  return {
    data: {
      __schema: {
        queryType: { name: 'Query' },
        types: ['Customer', 'Patient', 'Order', 'Address', 'Person'].map(type),
      },
    },
  }
}

function container(random: RandomSource): object {
  const name = random.words(2).replace(' ', '-')
  return {
    Id: random.hex(64),
    Created: random.timestamp(),
    Path: '/docker-entrypoint.sh',
    Args: ['nginx', '-g', 'daemon off;'],
    State: {
      Status: 'running',
      Running: true,
      Pid: random.below(99_999),
      ExitCode: 0,
      StartedAt: random.timestamp(),
    },
    Image: `sha256:${random.hex(64)}`,
    Name: `/${name}`,
    Driver: 'overlay2',
    HostConfig: {
      NetworkMode: 'default',
      Memory: random.below(1e10),
      CpuShares: random.below(1024),
      PortBindings: {},
    },
    GraphDriver: {
      Name: 'overlay2',
      Data: { MergedDir: `/var/lib/docker/overlay2/${random.hex(64)}/merged` },
    },
    Config: {
      Hostname: random.hex(12),
      User: random.pick(['', 'root', 'nginx', '1000:1000', 'postgres']),
      Env: [
        'PATH=/usr/local/bin:/usr/bin',
        `NGINX_VERSION=1.27.${random.below(9)}`,
        `PKG_RELEASE=${random.below(9)}~bookworm`,
      ],
      Image: `${name}:latest`,
      Labels: { maintainer: 'NGINX Docker Maintainers' },
    },
    NetworkSettings: {
      SandboxID: random.hex(64),
      MacAddress: '',
      Networks: {
        bridge: { NetworkID: random.hex(64), EndpointID: random.hex(64), Gateway: '', MacAddress: '' },
      },
    },
  }
}

function repository(random: RandomSource): object {
  const name = random.words(2).replace(' ', '-')
  const owner = random.words(1)
  return {
    id: random.below(1e9),
    node_id: random.bytes(15).toString('base64'),
    name,
    full_name: `${owner}/${name}`,
    owner: { login: owner, id: random.below(1e8), type: 'Organization', site_admin: false },
    description: random.words(9),
    url: `https://api.code.example/repos/${owner}/${name}`,
    size: random.below(1e6),
    language: 'TypeScript',
    license: { key: 'mit', name: 'MIT License', spdx_id: 'MIT' },
    default_branch: 'main',
    created_at: random.timestamp(),
    topics: [random.words(1), random.words(1)],
    releases: [
      {
        id: random.below(1e9),
        name: `Release ${random.below(9)}.${random.below(30)}`,
        tag_name: `v${random.below(9)}.0.0`,
        assets: [
          {
            name: `${name}-linux-x64.tar.gz`,
            content_type: 'application/gzip',
            size: random.below(1e9),
            download_count: random.below(1e6),
          },
        ],
      },
    ],
    workflow: {
      name: 'Continuous integration',
      run_id: Number(random.digits(11)),
      jobs: [
        {
          name: 'Build and test',
          steps: [{ name: 'Set up job' }, { name: 'Run tests' }, { name: 'Upload artifacts' }],
        },
      ],
    },
  }
}

function settings(random: RandomSource): string {
  return `[server]
name = ${random.words(1)}
address = 0.0.0.0:${random.below(65_536)}
user = ${random.pick(['www-data', 'postgres', 'app'])}
owner = ${random.words(1)}
contact = ${random.words(1)}
host = ${random.words(1)}.shop.example
client = ${random.words(1)}
client_name = ${random.words(1)}-client
display_name = ${random.words(2)}
user_name = app_${random.words(1)}
account_name = ${random.words(1)}
condition = ${random.words(3)}
city = default
family = inet6
line = ${random.below(999)}
[street]
view = ${random.words(1)}
`
}
