// The page: today's answer and its worth first, then how the model has spoken, then the bundle behind it.
import { BundleSection } from './bundle-section.js';
import { HistorySection } from './history-section.js';
import { Masthead } from './masthead.js';
import { NoticeList } from './notice-list.js';
import { ErrorBanner, ErrorState, LoadingState } from './states.js';
import { TodaySection } from './today-section.js';
import { useDashboard } from './use-dashboard.js';
import { useTheme } from './use-theme.js';
import { useView } from './use-view.js';

export function App() {
  const [view, changeView] = useView();
  const theme = useTheme();
  const { data, error, isLoading, reload } = useDashboard(view.days);
  if (data === null) return error === null ? <LoadingState /> : <ErrorState error={error} isLoading={isLoading} onRetry={reload} />;
  return (
    <>
      <a class="skip-link" href="#main">
        Skip to today's answer
      </a>
      <Masthead data={data} />
      <main id="main" aria-busy={isLoading}>
        {error !== null && <ErrorBanner error={error} onRetry={reload} />}
        <NoticeList notices={data.notices} />
        <TodaySection data={data} theme={theme} />
        <HistorySection data={data} theme={theme} view={view} onChange={changeView} />
        <BundleSection data={data} />
      </main>
      <footer class="footer">
        ForecastLab shows what a model says and how well it has done. It is no advice to trade. All times are UTC.
      </footer>
    </>
  );
}
