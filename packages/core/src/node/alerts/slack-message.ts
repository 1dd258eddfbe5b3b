// An alert as a message of Slack's incoming webhooks, which Mattermost, Rocket.Chat and others take too.
// Source: Slack, "Formatting text for app surfaces": only & < > are escaped; a section's text has at most 3000 characters.
import type { AlertNote } from './alert-note.js';

const MAX_TEXT = 2900;
const MAX_HEAD = 300;
const SIGNS = { info: ':information_source:', warning: ':warning:', error: ':rotating_light:' } as const;
const WORDS = { raised: '', escalated: 'Worse: ', reminder: 'Still: ', resolved: 'Over: ', test: 'Test: ' } as const;

export interface SlackMessage {
  /** Shown in notifications, and where blocks are not. */
  readonly text: string;
  readonly blocks: readonly object[];
}

export function slackMessage(note: AlertNote): SlackMessage {
  const sign = note.status === 'resolved' ? ':white_check_mark:' : SIGNS[note.severity];
  const head = `${sign} ${WORDS[note.status]}${escape(cut(note.title, MAX_HEAD))}`;
  const details = Object.entries(note.details).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const body = [note.text ?? '', ...(note.status === 'resolved' ? [] : details)].filter((line) => line !== '').join('\n');
  const held = note.held > 0 ? ` · raised ${note.held} more ${note.held === 1 ? 'time' : 'times'} since it was told last` : '';
  return {
    text: head,
    blocks: [
      section(`*${head}*`),
      ...(body === '' ? [] : [section(escape(cut(body, MAX_TEXT / 2)))]),
      { type: 'context', elements: [{ type: 'mrkdwn', text: escape(cut(`${note.key} · ${note.severity} · since ${note.since}${held} · ${note.program} on ${note.host}, ${note.store}`, MAX_TEXT / 2)) }] },
    ],
  };
}

const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text: text.slice(0, MAX_TEXT) } });
const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max)}…` : text);
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
