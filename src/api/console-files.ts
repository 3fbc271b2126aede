import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Where `npm start` builds the console. */
export const consoleFolder = fileURLToPath(new URL('../../console/dist', import.meta.url))

interface ConsoleFile {
  type: string
  plain: Buffer
  brotli: Buffer
  etag: string
  /** Its name changes with its content. */
  immutable: boolean
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * Everything of the page comes from here and is in a file: no script and no style stands in the page, none is made from
 * text (Trusted Types), nothing is framed, and forms go nowhere else (CSP level 3).
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** The built console, held in memory: a request reads no path of the disk, so that none leads out of the folder. */
export class ConsoleFiles {
  readonly #files: Map<string, ConsoleFile>

  private constructor(files: Map<string, ConsoleFile>) {
    this.#files = files
  }

  /** Null where it is not built. */
  static load(folder: string): ConsoleFiles | null {
    if (!existsSync(join(folder, 'index.html'))) return null
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const known = names.filter((name) => extname(name) in types)
    return new ConsoleFiles(new Map(known.map((name) => [`/${name}`, readFile(folder, name)])))
  }

  /** Adds its files, and its page for each of `screens`. */
  addTo(server: FastifyInstance, screens: readonly string[]): void {
    const page = this.#files.get('/index.html')
    for (const [path, file] of this.#files) {
      if (file !== page) server.get(path, (request, reply) => send(file, request, reply))
    }
    if (!page) return
    for (const path of screens) server.get(path, (request, reply) => send(page, request, reply))
  }
}

function readFile(folder: string, name: string): ConsoleFile {
  const plain = readFileSync(join(folder, name))
  return {
    type: types[extname(name)],
    plain,
    brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    immutable: name.startsWith('assets/'),
  }
}

function send(file: ConsoleFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { type, plain, brotli, etag, immutable } = file
  void reply.headers({
    'content-security-policy': contentSecurityPolicy,
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    etag,
  })
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  const takesBrotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '')
  if (takesBrotli) void reply.header('content-encoding', 'br')
  return reply.type(type).send(takesBrotli ? brotli : plain)
}
