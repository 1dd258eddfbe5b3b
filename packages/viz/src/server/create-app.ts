// The dashboard's routes: the page, its assets, one JSON answer, and health. Read-only.
import { Hono, type Context } from 'hono';
import { compress } from 'hono/compress';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { etag } from 'hono/etag';
import { cookieValueOf, hostNameOf, isLocalHost, isSameSecret, TOKEN_COOKIE } from './access.js';
import type { DashboardLoader } from './dashboard-source.js';
import { failure, failureOf, type HttpFailure } from './http-error.js';
import type { Asset } from './page-assets.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** Fewer bars make no chart; more than this is a download, not a view. */
export const DAYS_LIMITS = { min: 10, max: 5_000 } as const;

export interface AppOptions {
  readonly load: DashboardLoader;
  readonly assets: ReadonlyMap<string, Asset>;
  /** Bars shown when a request does not say. */
  readonly days: number;
  /** Needed for every path but /api/health when set. */
  readonly token?: string;
  /** Gets one line for each request that failed on our side. */
  readonly log?: (line: string) => void;
}

/** The web application, without a socket. */
export function createApp(options: AppOptions): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value);
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-cache');
  });
  app.use(async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    c.header('allow', 'GET, HEAD');
    return tell(c, failure(405, 'METHOD_NOT_ALLOWED', 'This dashboard only shows things: it answers GET and HEAD.'));
  });
  app.get('/api/health', (c) => c.json({ status: 'ok' }));
  app.use(options.token === undefined ? onlyFromHere() : onlyWithToken(options.token));
  app.get('/', (c) => sendAsset(c, options.assets.get('index.html')));
  app.get('/assets/:name', (c) => sendAsset(c, options.assets.get(c.req.param('name'))));
  app.use('/api/*', etag(), compress());
  app.get('/api/dashboard', async (c) => {
    const text = c.req.query('days') ?? String(options.days);
    const days = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    if (!(days >= DAYS_LIMITS.min && days <= DAYS_LIMITS.max)) {
      return tell(c, failure(400, 'BAD_OPTION', `The \`days\` parameter must be an integer from ${DAYS_LIMITS.min} to ${DAYS_LIMITS.max}. Got ${JSON.stringify(text.slice(0, 40))}.`));
    }
    return c.json(await options.load({ days }));
  });
  app.notFound((c) => tell(c, failure(404, 'NOT_FOUND', 'There is nothing at this address.', 'The dashboard is at /.')));
  app.onError((error, c) => {
    options.log?.(`${c.req.method} ${c.req.path}: ${error.message}`);
    return tell(c, failureOf(error));
  });
  return app;
}

/** Without a token: refuses names that point here from elsewhere (DNS rebinding lets a foreign page read a local server). */
function onlyFromHere() {
  return async (c: Context, next: () => Promise<void>): Promise<Response | void> => {
    const host = c.req.header('host');
    if (host === undefined || isLocalHost(hostNameOf(host))) return next();
    return tell(c, failure(403, 'FORBIDDEN', 'This dashboard answers only to local names such as 127.0.0.1 and localhost.', 'Behind a proxy, start it with --token.'));
  };
}

function onlyWithToken(token: string) {
  const cookie = cookieValueOf(token);
  return async (c: Context, next: () => Promise<void>): Promise<Response | void> => {
    const given = c.req.query('token');
    if (given !== undefined && isSameSecret(given, token)) {
      // From here on the cookie speaks, and the token leaves the address bar.
      setCookie(c, TOKEN_COOKIE, cookie, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 30 * 86_400 });
      const url = new URL(c.req.url);
      url.searchParams.delete('token');
      return c.redirect(`${url.pathname}${url.search}`, 303);
    }
    const bearer = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const known = getCookie(c, TOKEN_COOKIE);
    if (bearer !== undefined && isSameSecret(bearer, token)) return next();
    if (given === undefined && known !== undefined && isSameSecret(known, cookie)) return next();
    if (known !== undefined) deleteCookie(c, TOKEN_COOKIE, { path: '/' });
    return tell(c, failure(401, 'UNAUTHORIZED', 'This dashboard needs its token.', 'Open its address with ?token=… once, or send the header "Authorization: Bearer …".'));
  };
}

function sendAsset(c: Context, asset: Asset | undefined): Response | Promise<Response> {
  if (asset === undefined) return c.notFound();
  const headers = { 'content-type': asset.contentType, etag: asset.etag, vary: 'accept-encoding' };
  if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304, headers);
  const isGzipFine = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
  return isGzipFine ? c.body(asset.gzipped, 200, { ...headers, 'content-encoding': 'gzip' }) : c.body(asset.bytes, 200, headers);
}

/** JSON for programs; a browser that asked for a page gets the same sentence as text. */
function tell(c: Context, { status, body }: HttpFailure): Response {
  const wantsPage = /\btext\/html\b/.test(c.req.header('accept') ?? '') && !c.req.path.startsWith('/api/');
  if (!wantsPage) return c.json(body, status);
  return c.text(`ForecastLab\n\n${[body.error.message, body.error.hint].filter(Boolean).join('\n')}\n`, status);
}
