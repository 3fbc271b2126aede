/**
 * Whether a Host header names this machine's loopback, whatever the port (it may come through a tunnel). A page on the
 * web can make its own name point to 127.0.0.1 (DNS rebinding) and then read what it asks for: its name tells.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = host?.replace(/:\d{1,5}$/, '').toLowerCase()
  return name === 'localhost' || name === '127.0.0.1' || name === '[::1]'
}
