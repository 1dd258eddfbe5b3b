// What a fault does to an answer before it is sent.
import { gzipSync } from 'node:zlib';
import { type Answer, htmlAnswer } from './answer.js';
import type { Fault } from './faults.js';
import { page } from './status-answer.js';

export function applyFault(answer: Answer, fault: Fault): Answer {
  switch (fault.kind) {
    case 'html':
      return htmlAnswer(fault.status ?? 200, page('Maintenance', 'We will be back soon.'));
    case 'empty':
      return { ...answer, body: Buffer.alloc(0) };
    case 'gzip':
      return { ...answer, headers: { ...answer.headers, 'Content-Encoding': 'gzip' }, body: gzipSync(answer.body) };
    case 'rows':
      return edited(answer, (body) => editRows(body, fault.edit));
    case 'time':
      return edited(answer, (body) => body.replace(/"serverTime":(\d+)/, (_, time: string) => `"serverTime":${Number(time) + fault.byMs}`));
    case 'edit':
      return edited(answer, fault.edit);
    default:
      return answer;
  }
}

function edited(answer: Answer, edit: (body: string) => string): Answer {
  return { ...answer, body: Buffer.from(edit(answer.body.toString())) };
}

function editRows(body: string, how: 'duplicate' | 'reverse' | 'drop-middle'): string {
  const rows = body.match(/\[[^[\]]+\]/g) ?? [];
  const middle = rows.length >> 1;
  if (how === 'reverse') rows.reverse();
  else if (how === 'drop-middle') rows.splice(middle, 1);
  else rows.splice(middle, 0, ...rows.slice(middle, middle + 1));
  return `[${rows.join(',')}]`;
}
