// The routes of the docs function: the description of the API, and the page that shows it.
import * as z from 'zod';
import type { RouteGroup } from './route.ts';

export const DOCS_ROUTES = {
  'GET /openapi.json': {
    scope: 'public',
    tag: 'Service',
    summary: 'This description',
    answer: ['application/json'],
  },
  'GET /docs': { scope: 'public', tag: 'Service', summary: 'This description as a page', answer: ['text/html'] },
  'GET /docs/{file+}': {
    scope: 'public',
    tag: 'Service',
    summary: 'A file of the page under /docs',
    params: z.object({ file: z.string() }),
    answer: ['text/javascript', 'text/css'],
    problems: ['not-found'],
    undescribed: true,
  },
} as const satisfies RouteGroup;
