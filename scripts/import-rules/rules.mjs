// The invariants of docs/ARCHITECTURE.md as tables. A folder is a folder of src; a module directly in src is its own.

/** From the top down. A folder imports from itself and from rows below; never from a neighbour in its row. */
export const layers = [
  ['main'],
  ['cli'],
  ['api'],
  ['controller', 'enforcer', 'accounts'],
  ['security-as-code', 'evidence', 'report'],
  ['notify', 'store', 'kernel', 'runtimes', 'inspect', 'countries', 'capture', 'certificates'],
  ['protocols', 'personal-data', 'attacks', 'threats', 'policy', 'privacy'],
  ['content', 'scan', 'packet'],
  ['model'],
  ['lib'],
]

/** Rows alone would allow these. */
export const forbiddenFolders = {
  enforcer: {
    folders: ['store'],
    why: 'it talks to the controller over one connection, and goes on without it',
  },
}

/** No I/O, no clock, no randomness, no throwing on input: the same input gives the same output, on a capture and live. */
export const pureFolders = new Set([
  'packet',
  'protocols',
  'scan',
  'personal-data',
  'content',
  'attacks',
  'threats',
  'policy',
  'privacy',
  'model',
])

/** What pure code may import from outside src. */
export const pureImports = new Set(['node:crypto', 'node:zlib', 'typebox', 'libphonenumber-js', 're2js'])

/** Names of `node:crypto` that are randomness or work on another thread. */
export const impureNames = new Set([
  'randomBytes',
  'randomFill',
  'randomFillSync',
  'randomInt',
  'randomUUID',
  'getRandomValues',
  'webcrypto',
  'generateKey',
  'generateKeySync',
  'generateKeyPair',
  'generateKeyPairSync',
])

/** Globals that pure code does not name. `Date` is in `impureCalls`: a date may be made from a number. */
export const impureGlobals = new Set([
  'process',
  'performance',
  'console',
  'crypto',
  'fetch',
  'require',
  'navigator',
  'globalThis',
  'WebSocket',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
])

/** Calls of pure-looking globals that read the clock or chance. */
export const impureCalls = new Set(['Date.now', 'Math.random', 'Temporal.Now'])

/** Where pure code may throw, because what it reads there is ours and not traffic. */
export const mayThrow = [
  { path: 'src/scan/expression/', why: 'patterns are part of the program and are compiled when it starts' },
  { path: 'src/scan/compile/', why: 'patterns are part of the program and are compiled when it starts' },
  { path: 'src/scan/pcre/', why: 'patterns are part of what is configured, and are compiled when that is' },
  { path: 'src/packet/frames.ts', why: 'it makes frames for tests and benches, and reads none' },
  {
    path: 'src/personal-data/recognisers/generic/telephone/digit-pattern.ts',
    why: 'it reads the numbering plans of libphonenumber when the program starts',
  },
  {
    path: 'src/attacks/literals/literal-set.ts',
    why: 'its literals are part of the program, and are made a table when the first value is judged',
  },
  {
    path: 'src/attacks/seclang/',
    why: 'rules are part of what is configured, and are read when that is; what they do with traffic catches what it throws',
  },
  {
    path: 'src/attacks/signatures/',
    why: 'the same: a rule that cannot be read is a problem that its author is told',
  },
  { path: 'src/scan/scan-memory.ts', why: 'memory is taken when a scanner or a stream is made' },
]

/** The only folders that may import it. */
export const owners = {
  koffi: ['kernel'],
  'node:sqlite': ['store'],
  pg: ['store'],
  yazl: ['evidence', 'report'],
  yauzl: ['evidence'],
  fastify: ['api'],
  'openid-client': ['accounts'],
  '@simplewebauthn/server': ['accounts', 'api'],
  commander: ['main', 'cli'],
  '@grpc/grpc-js': ['runtimes'],
  '@grpc/proto-loader': ['runtimes'],
  'libphonenumber-js': ['personal-data'],
  yaml: ['security-as-code'],
  re2js: ['attacks'],
}

/** What is shared with the console runs in a browser. */
export const sharedWithConsole = {
  path: 'src/api/contract/',
  folders: new Set(['api/contract', 'model', 'lib']),
  packages: new Set(['typebox']),
}

/** All that the console may import of src. */
export const consoleImports = 'src/api/contract/types.ts'

/** A program that loads these before it knows that it needs them starts slowly, and fails where they are missing. */
export const startsWithout = [
  { entry: 'src/main.ts', never: ['fastify', 'koffi', 'node:sqlite', '@grpc/grpc-js', 'typebox', 'yaml'] },
  {
    entry: 'src/cli/inspect.ts',
    never: ['fastify', 'koffi', 'node:sqlite', '@grpc/grpc-js', 'yaml', 're2js'],
  },
]
