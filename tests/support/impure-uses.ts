// Finds the hidden inputs that no type check and no lint rule sees: `new Date()` and `Date()` read the clock,
// and so do local-time methods read the machine's time zone.
import ts from 'typescript';

const localTimeMethod = /^(get|set)(Date|Day|FullYear|Hours|Milliseconds|Minutes|Month|Seconds|TimezoneOffset)$|^toLocale/;

/** Each use with its line: `new Date() in line 3`. */
export function impureUses(sourceText: string): string[] {
  const source = ts.createSourceFile('source.ts', sourceText, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isImpure(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${node.getText()} in line ${line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isImpure(node: ts.Node): boolean {
  const isDate = (expression: ts.Node): boolean => ts.isIdentifier(expression) && expression.text === 'Date';
  if (ts.isNewExpression(node)) return isDate(node.expression) && (node.arguments ?? []).length === 0;
  if (ts.isCallExpression(node)) return isDate(node.expression);
  if (ts.isPropertyAccessExpression(node)) {
    return localTimeMethod.test(node.name.text) || (isDate(node.expression) && node.name.text === 'now');
  }
  return false;
}
