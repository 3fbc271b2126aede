/* Programs that make load between two namespaces. Each prints one JSON number or object and ends, or listens until it is ended. */

/** Bytes on 7000, a word for each line on 7001, HTTP on 80. */
export const servers = `
  const net = require('node:net')
  net.createServer((socket) => {
    let bytes = 0
    socket.on('data', (chunk) => (bytes += chunk.length)).on('end', () => socket.end(String(bytes))).on('error', () => undefined)
  }).listen({ port: 7000, host: '::', allowHalfOpen: true })
  net.createServer({ noDelay: true }, (socket) => {
    socket.on('data', () => socket.write('+OK\\r\\n')).on('error', () => undefined)
  }).listen(7001, '::')
  const body = JSON.stringify({ items: Array.from({ length: 20 }, (_, id) => ({ id, name: 'thing ' + id, price: id * 1.5 })) })
  require('node:http').createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(body)
  }).listen(80, '::', () => console.log('listening'))`

/** One connection as fast as it goes. Prints bytes a second, as they arrived. */
export const bulk = (host: string, ms: number) => `
  const socket = require('node:net').connect({ port: 7000, host: '${host}' })
  const chunk = Buffer.from('all work and no play makes a dull day of it, line after line\\n'.repeat(17_000))
  let isOver = false
  const write = () => { while (!isOver && socket.write(chunk)); if (!isOver) socket.once('drain', write) }
  const began = performance.now()
  socket.on('connect', write)
  let text = ''
  socket.on('data', (data) => (text += data)).on('close', () => console.log(Number(text) / (performance.now() - began) * 1000))
  setTimeout(() => { isOver = true; socket.end() }, ${ms})`

const httpRequest = 'GET /things HTTP/1.1\\r\\nhost: server\\r\\naccept: application/json\\r\\n\\r\\n'

/** Requests one after the other on some connections at once. Prints requests a second. */
export const requests = (host: string, ms: number, connections: number) => `
  const net = require('node:net')
  let answers = 0
  const began = performance.now()
  for (let i = 0; i < ${connections}; i++) {
    const socket = net.connect({ port: 80, host: '${host}', noDelay: true }, () => socket.write('${httpRequest}'))
    let text = ''
    socket.on('data', (data) => {
      text += data
      if (!text.endsWith(']}')) return
      answers++
      text = ''
      socket.write('${httpRequest}')
    })
  }
  setTimeout(() => { console.log(answers / (performance.now() - began) * 1000); process.exit() }, ${ms})`

/** A connection for each request, some at once. Prints connections a second. */
export const connections = (host: string, ms: number, atOnce: number) => `
  const net = require('node:net')
  let done = 0
  const began = performance.now()
  const once = () => {
    const socket = net.connect({ port: 80, host: '${host}', noDelay: true }, () => socket.write('${httpRequest.replace('accept', 'connection: close\\r\\naccept')}'))
    socket.on('data', () => undefined).on('close', () => { done++; once() }).on('error', () => undefined)
  }
  for (let i = 0; i < ${atOnce}; i++) once()
  setTimeout(() => { console.log(done / (performance.now() - began) * 1000); process.exit() }, ${ms})`

/** A word and its answer on one connection, again and again. Prints the median and the 99th percentile in microseconds. */
export const roundTrips = (host: string, ms: number) => `
  const socket = require('node:net').connect({ port: 7001, host: '${host}', noDelay: true })
  const times = []
  let sent = 0
  const send = () => { sent = performance.now(); socket.write('PING\\r\\n') }
  socket.on('connect', send).on('data', () => { times.push((performance.now() - sent) * 1000); send() })
  setTimeout(() => {
    times.splice(0, 200)
    times.sort((a, b) => a - b)
    console.log(JSON.stringify({ p50: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)] }))
    process.exit()
  }, ${ms})`
