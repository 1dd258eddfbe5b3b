// A reader of HTML that forgives nothing: every tag closed in order, every attribute quoted, every ampersand a known
// reference. What a browser would mend in silence throws here. Independent of the code that writes the page.

export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

const VOID = new Set(['meta', 'br']);
/** SVG shapes are written as `<line …/>`. */
const SELF_CLOSING = new Set(['line', 'path', 'circle', 'rect']);
const REFERENCES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The html element. @throws Error that names the place. */
export function parseStrictHtml(source: string): Element {
  const doctype = '<!doctype html>\n';
  if (!source.startsWith(doctype)) throw new Error('no doctype');
  const root: { tag: string; attributes: Record<string, string>; children: (Element | string)[] } = { tag: '', attributes: {}, children: [] };
  const open = [root];
  const token = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)(\/?)>|([^<>]+)/gy;
  token.lastIndex = doctype.length;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    if (open[open.length - 1].tag === 'style' && !source.startsWith('</style>', at)) {
      // The text of a style sheet is raw: it ends at its end tag and nowhere else.
      token.lastIndex = source.indexOf('</style>', at);
      open[open.length - 1].children.push(source.slice(at, token.lastIndex));
      continue;
    }
    const match = token.exec(source);
    if (match === null) throw new Error(`no tag and no text at ${at}: ${source.slice(at, at + 60)}`);
    const [, end, tag, attributes, self, text] = match;
    const parent = open[open.length - 1];
    if (text !== undefined) parent.children.push(decode(text));
    else if (end === '/') {
      if (parent.tag !== tag) throw new Error(`</${tag}> closes <${parent.tag}> at ${at}`);
      open.pop();
    } else {
      const element = { tag, attributes: readAttributes(attributes, at), children: [] };
      parent.children.push(element);
      if (self === '/' && !SELF_CLOSING.has(tag)) throw new Error(`<${tag}/> at ${at}`);
      if (self !== '/' && !VOID.has(tag)) open.push(element);
    }
  }
  if (open.length !== 1) throw new Error(`<${open[open.length - 1].tag}> is not closed`);
  const found = root.children.filter((child): child is Element => typeof child !== 'string');
  if (found.length !== 1) throw new Error('more than one root');
  return found[0];
}

/** All elements below and including one. */
export function allElements(element: Element): readonly Element[] {
  return [element, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : allElements(child)))];
}

/** The text of an element; parts of different elements are parted by a blank. */
export function textOf(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : ` ${textOf(child)} `)).join('').replace(/\s+/g, ' ').trim();
}

function readAttributes(text: string, at: number): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, value = ''] of text.matchAll(/\s+([a-zA-Z0-9-]+)(?:="([^"]*)")?/g)) {
    if (name in found) throw new Error(`${name} twice at ${at}`);
    found[name] = decode(value);
  }
  return found;
}

function decode(text: string): string {
  return text.replace(/&([^;&\s]*;?)/g, (_, reference: string) => {
    const name = reference.slice(0, -1);
    if (!reference.endsWith(';') || !(name in REFERENCES)) throw new Error(`bare ampersand: &${reference}`);
    return REFERENCES[name];
  });
}
