export function kernelNames(): string[];
export function compileKernel(name: string): Promise<Uint8Array>;
export function kernelFile(name: string): string;
export function kernelText(name: string, bytes: Uint8Array): string;
