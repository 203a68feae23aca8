// DynamoDB's condition expressions, as far as they are used: comparisons, AND, OR, NOT, functions on attributes.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { NotSimulatedError } from './errors.ts';

export type StoredItem = Readonly<Record<string, AttributeValue>>;

export interface Expression {
  readonly names?: Readonly<Record<string, string>> | undefined;
  readonly values?: Readonly<Record<string, AttributeValue>> | undefined;
}

const TOKEN = /\s*(<>|<=|>=|[=<>(),]|[\w#:.]+)/y;

/** Whether an item, or its absence, fulfils a condition. */
export function fulfils(text: string | undefined, item: StoredItem | undefined, expression: Expression): boolean {
  if (text === undefined) return true;
  const reader = new Reader(text, item ?? {}, expression);
  const result = reader.disjunction();
  reader.expectEnd();
  return result;
}

class Reader {
  readonly #tokens: readonly string[];
  readonly #item: StoredItem;
  readonly #expression: Expression;
  #at = 0;

  constructor(text: string, item: StoredItem, expression: Expression) {
    this.#tokens = tokensOf(text);
    this.#item = item;
    this.#expression = expression;
  }

  disjunction(): boolean {
    let result = this.#conjunction();
    while (this.#takes('OR')) result = this.#conjunction() || result;
    return result;
  }

  expectEnd(): void {
    if (this.#at < this.#tokens.length) throw new NotSimulatedError(`"${this.#tokens[this.#at]}" in a condition`);
  }

  #conjunction(): boolean {
    let result = this.#term();
    while (this.#takes('AND')) result = this.#term() && result;
    return result;
  }

  #term(): boolean {
    if (this.#takes('NOT')) return !this.#term();
    if (this.#takes('(')) {
      const result = this.disjunction();
      this.#expect(')');
      return result;
    }
    const first = this.#next();
    if (this.#takes('(')) return this.#call(first);
    const left = this.#valueOf(first);
    const operator = this.#next();
    if (operator === 'BETWEEN') {
      const low = this.#valueOf(this.#next());
      this.#expect('AND');
      return ordered(left, low) >= 0 && ordered(left, this.#valueOf(this.#next())) <= 0;
    }
    return compared(operator, left, this.#valueOf(this.#next()));
  }

  #call(name: string): boolean {
    const args = [this.#next()];
    while (this.#takes(',')) args.push(this.#next());
    this.#expect(')');
    const [first, second] = args.map((arg) => this.#valueOf(arg));
    if (name === 'attribute_not_exists') return first === undefined;
    if (name === 'attribute_exists') return first !== undefined;
    if (name === 'begins_with')
      return first?.S !== undefined && second?.S !== undefined && first.S.startsWith(second.S);
    throw new NotSimulatedError(`the function ${name} in a condition`);
  }

  #valueOf(token: string): AttributeValue | undefined {
    if (token.startsWith(':')) return this.#expression.values?.[token];
    if (token.startsWith('#')) return this.#item[this.#expression.names?.[token] ?? token];
    return this.#item[token];
  }

  #takes(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#takes(token)) throw new NotSimulatedError(`"${this.#tokens[this.#at]}" where ${token} belongs`);
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new NotSimulatedError('a condition that ends early');
    return token;
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) tokens.push(match[1] ?? '');
  return tokens;
}

function compared(operator: string, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left === undefined || right === undefined) return operator === '<>' && left !== right;
  if (operator === '=') return JSON.stringify(left) === JSON.stringify(right);
  if (operator === '<>') return JSON.stringify(left) !== JSON.stringify(right);
  const order = ordered(left, right);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  if (operator === '>') return order > 0;
  if (operator === '>=') return order >= 0;
  throw new NotSimulatedError(`the operator ${operator}`);
}

function ordered(left: AttributeValue | undefined, right: AttributeValue | undefined): number {
  if (left?.N !== undefined && right?.N !== undefined) return Number(left.N) - Number(right.N);
  if (left?.S !== undefined && right?.S !== undefined) return left.S < right.S ? -1 : left.S > right.S ? 1 : 0;
  return Number.NaN;
}
