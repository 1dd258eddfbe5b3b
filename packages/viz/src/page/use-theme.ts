// Light or dark, as the reader's system says, also when it changes.
import { useEffect, useState } from 'preact/hooks';
import type { ThemeName } from '../charts/theme.js';

export function useTheme(): ThemeName {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const [isDark, setIsDark] = useState(query.matches);
  useEffect(() => {
    const onChange = (): void => setIsDark(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  return isDark ? 'dark' : 'light';
}
