// Colours of every chart and of the page. Up is blue and down is orange: a pair that people with any common
// colour blindness can tell apart (after Okabe and Ito, https://jfly.uni-koeln.de/color/). Shape and words repeat it.

export type ThemeName = 'light' | 'dark';

export interface Theme {
  readonly name: ThemeName;
  readonly background: string;
  readonly text: string;
  readonly mutedText: string;
  readonly line: string;
  readonly grid: string;
  readonly up: string;
  readonly down: string;
  readonly neutral: string;
  readonly price: string;
  readonly tooltipBackground: string;
  /** Shades of one hue for probability 0 and 1; the text on them below `surfaceTurn` and from it on, where both can be read equally well. */
  readonly surface: readonly [string, string];
  readonly surfaceText: readonly [string, string];
  readonly surfaceTurn: number;
  /** One colour for each origin of a probability. */
  readonly origin: { readonly 'walk-forward': string; readonly replay: string; readonly overlap: string; readonly recorded: string };
}

const LIGHT: Theme = {
  name: 'light',
  background: '#ffffff',
  text: '#16202c',
  mutedText: '#566373',
  line: '#c3ccd6',
  grid: '#e8ecf1',
  up: '#1769c2',
  down: '#d9650a',
  neutral: '#aeb8c4',
  price: '#2b3a4b',
  tooltipBackground: '#ffffff',
  surface: ['#eaf1fa', '#0f4c93'],
  surfaceText: ['#16202c', '#ffffff'],
  surfaceTurn: 0.69,
  origin: { 'walk-forward': '#9aa6b4', replay: '#8a63c9', overlap: '#d9c9f0', recorded: '#16202c' },
};

const DARK: Theme = {
  name: 'dark',
  background: '#141b24',
  text: '#e8edf3',
  mutedText: '#9fadbd',
  line: '#3a4757',
  grid: '#232d3a',
  up: '#5aa5f5',
  down: '#f5924a',
  neutral: '#566475',
  price: '#c9d4e0',
  tooltipBackground: '#1d2733',
  surface: ['#1c2733', '#8cc4ff'],
  surfaceText: ['#e8edf3', '#0b121a'],
  surfaceTurn: 0.5,
  origin: { 'walk-forward': '#6b7a8c', replay: '#b194ea', overlap: '#4b3d69', recorded: '#f1f5f9' },
};

/** The colours of a theme. */
export function themeOf(name: ThemeName): Theme {
  return name === 'dark' ? DARK : LIGHT;
}

/** Fonts by preference; PNG files use Inter, which the package carries. Single quotes: echarts writes it into SVG attributes unescaped. */
export const FONT_FAMILY = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";
