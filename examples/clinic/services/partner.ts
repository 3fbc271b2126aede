// A laboratory outside the clinic. Argument: the folder with its certificate.
import { readFileSync } from 'node:fs'
import { createServer as createHttp, type RequestListener } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { join } from 'node:path'
import { ports } from '../plan.ts'
import { bodyOf, serve } from './service.ts'

const folder = process.argv[2]

const answer: RequestListener = (request, response) => {
  void bodyOf(request).then((body) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ accepted: true, bytes: body.length }))
  })
}

const certificate = {
  key: readFileSync(join(folder, 'partner.key')),
  cert: readFileSync(join(folder, 'partner.pem')),
}
serve(
  createHttp(answer).listen(ports.partner, '::'),
  createHttps(certificate, answer).listen(ports.partnerTls, '::'),
)
