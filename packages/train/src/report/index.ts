export { formatSearchMarkdown } from './format-search-markdown.js';
export { formatSearchSummary } from './format-search-summary.js';
export { formatSearchHtml } from './format-search-html.js';
