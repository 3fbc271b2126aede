/** Public keys of passkeys; what signs with them never leaves its owner's device. */
export const passkeys = [
  `CREATE TABLE passkeys (
    id text NOT NULL PRIMARY KEY,
    account text NOT NULL,
    name text NOT NULL,
    public_key text NOT NULL,
    counter bigint NOT NULL,
    created_ms bigint NOT NULL,
    used_ms bigint NOT NULL
  )`,
  'CREATE INDEX passkeys_by_account ON passkeys (account, created_ms)',
]
