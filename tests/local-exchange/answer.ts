// An answer before it is sent: faults may still change it.

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function jsonAnswer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'Content-Type': 'application/json;charset=UTF-8', ...headers }, body: Buffer.from(body) };
}

export function htmlAnswer(status: number, body: string): Answer {
  return { status, headers: { 'Content-Type': 'text/html' }, body: Buffer.from(body) };
}

export function xmlAnswer(status: number, body: string): Answer {
  return { status, headers: { 'Content-Type': 'application/xml' }, body: Buffer.from(body) };
}
