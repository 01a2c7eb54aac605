import { describe, expect, it } from 'vitest';
import { nativePlatform } from '../../src/tensorflow-installer/native-platform.js';

const machine = { platform: 'linux', arch: 'x64', glibc: '2.31' };

describe('the platform of a native installation', () => {
  it('names the wheels that fit, the newest first', () => {
    const { arch, wheelTags } = nativePlatform('cuda', machine);
    expect(arch).toBe('x64');
    expect(wheelTags[0]).toBe('manylinux_2_31_x86_64');
    expect(wheelTags).toContain('manylinux_2_27_x86_64');
    expect(wheelTags.slice(-2)).toEqual(['manylinux_2_17_x86_64', 'manylinux2014_x86_64']);
  });

  it('has a build for the CPU of arm64', () => {
    expect(nativePlatform('cpu', { ...machine, arch: 'arm64' }).wheelTags[0]).toBe('manylinux_2_31_aarch64');
  });

  it.each([
    ['cpu', { platform: 'darwin' }, /works on Linux; this is darwin/, /--backend wasm/],
    ['cpu', { platform: 'win32' }, /works on Linux; this is win32/, /WSL2/],
    ['cpu', { arch: 's390x' }, /no build for s390x, only for x64 and arm64/, /--backend wasm/],
    ['cuda', { arch: 'arm64' }, /no CUDA build for arm64/, /native install --cpu/],
    ['cpu', { glibc: undefined }, /musl/, /node:24-slim/],
    ['cpu', { glibc: '2.26' }, /2\.27 or newer; this is 2\.26/, /--backend wasm/],
  ] as const)('refuses %s on %j, with what helps', (variant, facts, message, hint) => {
    const refused = () => nativePlatform(variant, { ...machine, ...facts });
    expect(refused).toThrow(message);
    try {
      refused();
    } catch (error) {
      expect((error as { hint: string }).hint).toMatch(hint);
    }
  });
});
