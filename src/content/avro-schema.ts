import { limits } from './limits.ts'

/** How a value of Avro is encoded, as far as reading it takes. */
export type AvroType =
  /** Takes no bytes. */
  | { kind: 'empty' }
  /** As many bytes as always, which are no text. */
  | { kind: 'fixed'; bytes: number }
  /** As many bytes as always, which may be text. */
  | { kind: 'text'; bytes: number }
  | { kind: 'integer' }
  /** One of the values that the schema lists. */
  | { kind: 'enum' }
  /** Bytes or text behind their length. */
  | { kind: 'bytes' }
  | { kind: 'record'; fields: AvroField[] }
  | { kind: 'list'; item: AvroType }
  | { kind: 'map'; item: AvroType }
  | { kind: 'union'; branches: AvroType[] }

interface AvroField {
  name: Buffer
  type: AvroType
}

const PRIMITIVE: ReadonlyMap<unknown, AvroType> = new Map<unknown, AvroType>([
  ['null', { kind: 'empty' }],
  ['boolean', { kind: 'fixed', bytes: 1 }],
  ['int', { kind: 'integer' }],
  ['long', { kind: 'integer' }],
  ['float', { kind: 'fixed', bytes: 4 }],
  ['double', { kind: 'fixed', bytes: 8 }],
  ['bytes', { kind: 'bytes' }],
  ['string', { kind: 'bytes' }],
])

/** Reads a schema (Avro specification 1.12); undefined where it is none. */
export function avroSchema(json: string): AvroType | undefined {
  try {
    return new SchemaReader().read(JSON.parse(json), '', 0)
  } catch {
    return undefined
  }
}

/** Whether values of a type take no bytes at all. */
export function isEmpty(type: AvroType): boolean {
  return type.kind === 'empty' || (type.kind === 'record' && type.fields.length === 0)
}

class SchemaReader {
  readonly #named = new Map<string, AvroType>()
  /** Records whose fields are being read: they are not empty, or endless. */
  readonly #open = new Set<AvroType>()

  read(schema: unknown, namespace: string, depth: number): AvroType | undefined {
    if (depth > limits.avroSchemaDepth) return undefined
    if (typeof schema === 'string') return PRIMITIVE.get(schema) ?? this.#resolve(schema, namespace)
    if (Array.isArray(schema)) return this.#union(schema, namespace, depth)
    if (typeof schema !== 'object' || schema === null) return undefined
    return this.#complex(schema as Record<string, unknown>, namespace, depth)
  }

  #resolve(name: string, namespace: string): AvroType | undefined {
    return this.#named.get(fullName(name, namespace)) ?? this.#named.get(name)
  }

  #union(schemas: unknown[], namespace: string, depth: number): AvroType | undefined {
    const branches = this.#all(schemas, namespace, depth)
    return branches === undefined ? undefined : { kind: 'union', branches }
  }

  #all(schemas: unknown[], namespace: string, depth: number): AvroType[] | undefined {
    const types: AvroType[] = []
    for (const schema of schemas) {
      const type = this.read(schema, namespace, depth + 1)
      if (type === undefined) return undefined
      types.push(type)
    }
    return types
  }

  #complex(schema: Record<string, unknown>, namespace: string, depth: number): AvroType | undefined {
    const { type } = schema
    if (type === 'array' || type === 'map') {
      const item = this.read(type === 'array' ? schema['items'] : schema['values'], namespace, depth + 1)
      return item === undefined ? undefined : { kind: type === 'array' ? 'list' : 'map', item }
    }
    if (type === 'enum') return this.#name(schema, namespace, { kind: 'enum' })
    if (type === 'fixed') return this.#fixed(schema, namespace)
    if (type === 'record' || type === 'error') return this.#record(schema, namespace, depth)
    return this.read(type, namespace, depth + 1)
  }

  #fixed(schema: Record<string, unknown>, namespace: string): AvroType | undefined {
    const bytes = schema['size']
    if (typeof bytes !== 'number' || !(bytes >= 0)) return undefined
    return this.#name(schema, namespace, bytes === 0 ? { kind: 'empty' } : { kind: 'text', bytes })
  }

  #record(schema: Record<string, unknown>, namespace: string, depth: number): AvroType | undefined {
    const fields: AvroField[] = []
    const record = this.#name(schema, namespace, { kind: 'record', fields })
    const inner = namespaceOf(schema, namespace)
    this.#open.add(record)
    for (const field of fieldsOf(schema)) {
      const type = this.read(field['type'], inner, depth + 1)
      if (type === undefined) return undefined
      // What takes no bytes cannot be met.
      if (isEmpty(type) && !this.#open.has(type)) continue
      fields.push({ name: Buffer.from(String(field['name']).slice(0, limits.nameBytes)), type })
    }
    this.#open.delete(record)
    return record
  }

  #name(schema: Record<string, unknown>, namespace: string, type: AvroType): AvroType {
    this.#named.set(fullName(String(schema['name']), namespaceOf(schema, namespace)), type)
    return type
  }
}

function fieldsOf({ fields }: Record<string, unknown>): Record<string, unknown>[] {
  return Array.isArray(fields) ? fields.filter((field) => typeof field === 'object' && field !== null) : []
}

function namespaceOf(schema: Record<string, unknown>, outer: string): string {
  const name = String(schema['name'])
  const dot = name.lastIndexOf('.')
  if (dot >= 0) return name.slice(0, dot)
  return typeof schema['namespace'] === 'string' ? schema['namespace'] : outer
}

function fullName(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name : `${namespace}.${name}`
}
