export function MonitoringPage(_: { readonly rest: string }) { return <p>…</p>; }
