export function difference(source: Uint8Array, target: Uint8Array): string;
export function hexOf(bytes: Uint8Array): string;
