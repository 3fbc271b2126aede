/** Requests of an application, as browsers send them: headers that come again, values that differ. */
export const templates: readonly ((i: number) => string)[] = [
  (i) =>
    get(
      `/api/items?page=${i}&sort=name&q=blue+shoes+size+${i % 50}&filter=${encodeURIComponent(`price:${i}-200`)}`,
    ),
  (i) => get(`/static/js/app.${(i * 7919) % 65536}.js?v=${i}`),
  (i) =>
    post(
      'application/json',
      JSON.stringify({
        id: i,
        name: 'Chair, oak (large)',
        tags: ['a', 'b'],
        note: `It's no. ${i}; call us`,
        url: `https://shop.example/i/${i}?x=1`,
      }),
    ),
  (i) =>
    post(
      'application/x-www-form-urlencoded',
      `id=${i}&comment=${encodeURIComponent(`Good value & fast, thanks! Order ${i}`)}&agree=on`,
    ),
]

const HEAD = [
  'Host: shop.example',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
  'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'Accept-Language: en-GB,en;q=0.9,de;q=0.8',
  'Sec-Ch-Ua: "Chromium";v="120", "Not=A?Brand";v="24"',
  'Referer: https://shop.example/list?page=2&sort=name',
  'Cookie: session=7f2c1e9ab4; theme=dark; consent=analytics%3Dno%3Bads%3Dno',
].join('\r\n')

function get(target: string): string {
  return `GET ${target} HTTP/1.1\r\n${HEAD}\r\n\r\n`
}

function post(type: string, body: string): string {
  return `POST /api/items HTTP/1.1\r\n${HEAD}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
