import { writeFileSync } from 'node:fs'
import { openApiText } from '../src/api/contract/openapi.ts'
import packageJson from '../package.json' with { type: 'json' }

/** Writes the description of the API that is committed; a test holds it against the code. */
const path = new URL('../docs/reference/openapi.json', import.meta.url)
writeFileSync(path, openApiText(packageJson.version))
