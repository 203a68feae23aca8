// Must be imported before any schema is made: zod would try to compile schemas by eval, which the page's policy refuses
// and the browser reports.
import { z } from 'zod';

z.config({ jitless: true });
