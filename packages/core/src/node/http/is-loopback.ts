// Addresses of this machine are never asked through a proxy.
import { isIPv4 } from 'node:net';

/** True for `http://localhost:8080/x`, `http://127.0.0.1/` and `http://[::1]/`. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}
