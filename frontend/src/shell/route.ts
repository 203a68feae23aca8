// Where in the page we are: the fragment, which no server ever sees, e.g. #/models/3.
import { createStore } from '../store.ts';

export const PAGES = ['predict', 'pipeline', 'experiments', 'models', 'monitoring'] as const;
export type PageName = (typeof PAGES)[number];

export interface Route {
  readonly page: PageName;
  /** What follows the page: a name or a version; empty for the page itself. */
  readonly rest: string;
  /** After a "?" inside the fragment. */
  readonly query: URLSearchParams;
}

function parse(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#\/?/, '').split('?', 2);
  const [page = '', ...rest] = path.split('/');
  return {
    page: PAGES.find((name) => name === page) ?? 'predict',
    rest: decodeURIComponent(rest.join('/')),
    query: new URLSearchParams(query),
  };
}

export const route = createStore(parse(location.hash));

window.addEventListener('hashchange', () => route.set(parse(location.hash)));

export const linkTo = (page: PageName, rest = '') => `#/${page}${rest === '' ? '' : `/${encodeURIComponent(rest)}`}`;
