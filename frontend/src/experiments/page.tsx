export function ExperimentsPage(_: { readonly rest: string }) { return <p>…</p>; }
