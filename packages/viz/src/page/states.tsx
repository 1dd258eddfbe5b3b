// What stands on the page while there is nothing to show: loading, or an error with the way out.
import type { LoadError } from './use-dashboard.js';

export function LoadingState() {
  return (
    <div class="state" role="status">
      <div class="skeleton" aria-hidden="true">
        <div class="skeleton-line" />
        <div class="skeleton-pair">
          <div class="skeleton-card" />
          <div class="skeleton-card" />
        </div>
      </div>
      <p>Reading klines, bundle and predictions…</p>
    </div>
  );
}

export function ErrorState({ error, isLoading, onRetry }: { readonly error: LoadError; readonly isLoading: boolean; readonly onRetry: () => void }) {
  return (
    <main class="state" role="alert">
      <h1>The dashboard cannot be shown</h1>
      <p>{error.message}</p>
      {error.hint !== '' && <p class="muted">{error.hint}</p>}
      <button type="button" onClick={onRetry} disabled={isLoading}>
        {isLoading ? 'Trying…' : 'Try again'}
      </button>
    </main>
  );
}

/** Over old but good data. */
export function ErrorBanner({ error, onRetry }: { readonly error: LoadError; readonly onRetry: () => void }) {
  return (
    <div class="banner banner-warning" role="alert">
      <span class="banner-icon" aria-hidden="true">!</span>
      <div>
        <strong>Not up to date.</strong> {error.message} What you see is the last good answer. {error.hint}
      </div>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
