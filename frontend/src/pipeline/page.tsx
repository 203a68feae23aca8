export function PipelinePage(_: { readonly rest: string }) { return <p>…</p>; }
