// Fetches what the page shows, and again every minute while somebody looks at it.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { DASHBOARD_SCHEMA, type DashboardData } from '../data/dashboard-data.js';

const REFRESH_MS = 60_000;

export interface LoadError {
  readonly message: string;
  readonly hint: string;
}

export interface DashboardState {
  /** The newest good answer; kept while a later request fails. */
  readonly data: DashboardData | null;
  readonly error: LoadError | null;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

export function useDashboard(days: number | null): DashboardState {
  const [data, setData] = useState<DashboardData | null>(null);
  const [error, setError] = useState<LoadError | null>(null);
  const [isLoading, setIsLoading] = useState(true);
  const latest = useRef(0);

  const load = useCallback(async () => {
    const request = (latest.current += 1);
    setIsLoading(true);
    const answer = await fetchDashboard(days);
    if (request !== latest.current) return;
    if ('message' in answer) setError(answer);
    else {
      setData(answer);
      setError(null);
    }
    setIsLoading(false);
  }, [days]);

  useEffect(() => {
    void load();
    const refresh = (): void => {
      if (document.visibilityState === 'visible') void load();
    };
    const timer = setInterval(refresh, REFRESH_MS);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [load]);

  return { data, error, isLoading, reload: () => void load() };
}

async function fetchDashboard(days: number | null): Promise<DashboardData | LoadError> {
  let response: Response;
  try {
    response = await fetch(`/api/dashboard${days === null ? '' : `?days=${days}`}`, { headers: { accept: 'application/json' } });
  } catch {
    return { message: 'The dashboard server does not answer.', hint: 'Is forecastlab-viz serve still running? This page tries again every minute.' };
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && isDashboard(body)) return body;
  return errorOf(body) ?? { message: `The server answered with status ${response.status}.`, hint: 'Reload the page; if that does not help, restart forecastlab-viz serve.' };
}

function isDashboard(body: unknown): body is DashboardData {
  return typeof body === 'object' && body !== null && 'schema' in body && body.schema === DASHBOARD_SCHEMA;
}

function errorOf(body: unknown): LoadError | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  const { error } = body;
  if (typeof error !== 'object' || error === null || !('message' in error)) return null;
  return { message: String(error.message), hint: 'hint' in error ? String(error.hint) : '' };
}
