// What is missing, in words, each with the command that mends it.
import type { Notice } from '../data/dashboard-data.js';

const isWarning = ({ kind }: Notice): boolean => kind === 'problem' || kind === 'old-data';

export function NoticeList({ notices }: { readonly notices: readonly Notice[] }) {
  return (
    <>
      {notices.map((notice) => (
        <div key={notice.message} class={`banner ${isWarning(notice) ? 'banner-warning' : 'banner-info'}`} data-notice={notice.kind}>
          <span class="banner-icon" aria-hidden="true">
            {isWarning(notice) ? '!' : 'i'}
          </span>
          <div>
            {notice.message}
            {notice.command !== undefined && (
              <pre class="command" tabIndex={0}>
                {notice.command}
              </pre>
            )}
          </div>
        </div>
      ))}
    </>
  );
}
