/** What is wrong with the ids of a page: those given twice, and references that lead nowhere. */
export function brokenReferences(page: string): readonly string[] {
  const ids = attributes(page, 'id');
  const references = [
    ...attributes(page, 'href').flatMap(address => (address.startsWith('#') ? [address.slice(1)] : [])),
    ...['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'headers', 'clip-path'].flatMap(name =>
      attributes(page, name).flatMap(value => value.replace(/^url\(#(.*)\)$/, '$1').split(/\s+/)),
    ),
  ];
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map(id => `twice: ${id}`),
    ...references.filter(reference => !ids.includes(reference)).map(reference => `nowhere: ${reference}`),
  ];
}

function attributes(page: string, name: string): readonly string[] {
  const markup = page.replace(/<(script|style)>.*?<\/\1>/gs, '');
  return [...markup.matchAll(new RegExp(`<[^>]*\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => value ?? '');
}
