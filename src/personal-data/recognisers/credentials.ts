import type { Recogniser } from '../recogniser.ts'
import { awsAccessKey, awsSecretKey } from './credentials/aws.ts'
import { bearerToken } from './credentials/bearer-token.ts'
import { connectionString } from './credentials/connection-string.ts'
import { githubToken } from './credentials/github-token.ts'
import { gitlabToken } from './credentials/gitlab-token.ts'
import { googleApiKey, googleOauth } from './credentials/google.ts'
import { httpBasic } from './credentials/http-basic.ts'
import { jwt } from './credentials/jwt.ts'
import { password } from './credentials/password.ts'
import { passwordHash } from './credentials/password-hash.ts'
import { pin } from './credentials/pin.ts'
import { privateKey } from './credentials/private-key.ts'
import { secretAnswer } from './credentials/secret-answer.ts'
import { serviceTokens } from './credentials/service-tokens.ts'

/** What opens the door to personal data: by a form of its own, or by what the field is called. */
export const credentialRecognisers: readonly Recogniser[] = [
  awsAccessKey,
  awsSecretKey,
  googleApiKey,
  googleOauth,
  githubToken,
  gitlabToken,
  ...serviceTokens,
  privateKey,
  connectionString,
  passwordHash,
  httpBasic,
  bearerToken,
  jwt,
  password,
  secretAnswer,
  pin,
]
