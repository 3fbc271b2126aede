// The front of the clinic: a form for patients, passed on to the API.
import { createServer, type IncomingMessage } from 'node:http'
import { addressOf, ports } from '../plan.ts'
import { bodyOf, serve } from './service.ts'

const api = `http://${addressOf('api')}:${ports.api}`

const page = `<!doctype html><title>Clinic</title><h1>Register</h1>
<form method="post" action="/patients"><input name="name"><input name="email"><input name="insuranceNumber"><button>Send</button></form>`

async function handle(request: IncomingMessage): Promise<{ type: string; text: string }> {
  const url = new URL(request.url ?? '/', 'http://web')
  if (request.method === 'POST') {
    const text = await bodyOf(request)
    const isForm = url.pathname === '/patients'
    const body = isForm ? JSON.stringify(Object.fromEntries(new URLSearchParams(text))) : text
    const answer = await fetch(`${api}${url.pathname}`, { method: 'POST', body })
    return { type: 'application/json', text: await answer.text() }
  }
  if (url.pathname !== '/patients') return { type: 'text/html', text: page }
  const answer = await fetch(`${api}/patients${url.search}`)
  return { type: 'application/json', text: await answer.text() }
}

serve(
  createServer((request, response) => {
    handle(request).then(
      ({ type, text }) => response.setHeader('content-type', type).end(text),
      (error: Error) => response.writeHead(502).end(error.message),
    )
  }).listen(ports.web, '::'),
)
