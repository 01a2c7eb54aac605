/** The settings of a config as dotted keys and values, in their order: `['model.layers[0].units', '128']`. */
export function configRows(value: unknown, prefix = ''): [key: string, value: string][] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => configRows(item, `${prefix}[${index}]`));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      configRows(item, prefix ? `${prefix}.${key}` : key),
    );
  }
  return [[prefix, String(value)]];
}
