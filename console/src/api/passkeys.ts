import { change } from './client.ts'

/** Lets the device make a passkey, and gives its name here to it. @throws ApiProblem, DOMException where it is refused */
export async function makePasskey(name: string): Promise<void> {
  const options = await change<PublicKeyCredentialCreationOptionsJSON>('POST', '/api/v1/passkeys/challenge')
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = await navigator.credentials.create({ publicKey })
  await change('POST', '/api/v1/passkeys', { name, answer: (credential as PublicKeyCredential).toJSON() })
}

/** Lets a passkey sign what logs its owner in. @throws ApiProblem, DOMException where it is refused */
export async function signedChallenge(): Promise<unknown> {
  const options = await change<PublicKeyCredentialRequestOptionsJSON>(
    'POST',
    '/api/v1/session/passkey/challenge',
  )
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const credential = await navigator.credentials.get({ publicKey })
  return (credential as PublicKeyCredential).toJSON()
}
