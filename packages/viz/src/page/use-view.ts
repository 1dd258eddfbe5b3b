// What the reader chose to see, kept in the address so that it can be shared: ?days=365&candidate=T14_X8.
import { useState } from 'preact/hooks';

export interface View {
  /** null: what the server shows by default. */
  readonly days: number | null;
  /** null: the first candidate. */
  readonly candidate: string | null;
}

export function useView(): readonly [View, (change: Partial<View>) => void] {
  const [view, setView] = useState<View>(readView);
  const change = (part: Partial<View>): void => {
    const next = { ...view, ...part };
    setView(next);
    const query = new URLSearchParams();
    if (next.days !== null) query.set('days', String(next.days));
    if (next.candidate !== null) query.set('candidate', next.candidate);
    const text = query.toString();
    window.history.replaceState(null, '', text === '' ? location.pathname : `?${text}`);
  };
  return [view, change];
}

function readView(): View {
  const query = new URLSearchParams(location.search);
  const days = query.get('days') ?? '';
  return { days: /^[1-9]\d{1,3}$/.test(days) ? Number(days) : null, candidate: query.get('candidate') };
}
