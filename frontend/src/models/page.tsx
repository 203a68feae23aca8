export function ModelsPage(_: { readonly rest: string }) { return <p>…</p>; }
