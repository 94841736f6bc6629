import { inflateSync } from 'node:zlib';

/**
 * The text that a PDF shows, line after line, as somebody who copies it gets it: by the fonts' own tables from glyphs to signs
 * (ToUnicode). Reads what pdfkit writes: whole objects, Flate streams, glyphs in hexadecimal.
 */
export function textOfPdf(pdf: Buffer): string {
  const objects = objectsIn(pdf);
  const fonts = fontsIn(objects);
  return [...objects.values()]
    .map(({ stream }) => stream)
    .filter((stream) => /\bBT\b/.test(stream))
    .flatMap((stream) => linesIn(stream, fonts))
    .join('\n');
}

interface PdfObject {
  readonly head: string;
  /** Latin-1, unpacked; empty where there is none. */
  readonly stream: string;
}

/** From a glyph's number to the signs it stands for. */
type Glyphs = ReadonlyMap<number, string>;

function objectsIn(pdf: Buffer): ReadonlyMap<string, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const { 1: number = '', index } of text.matchAll(/(?:^|\n)(\d+) 0 obj\b/g)) {
    const end = text.indexOf('endobj', index);
    const begun = text.indexOf('stream\n', index);
    const hasStream = begun !== -1 && begun < end;
    const head = text.slice(index, hasStream ? begun : end);
    objects.set(number, { head, stream: hasStream ? unpacked(pdf, head, begun + 'stream\n'.length) : '' });
  }
  return objects;
}

function unpacked(pdf: Buffer, head: string, start: number): string {
  const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
  const bytes = pdf.subarray(start, start + length);
  return (head.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
}

/** By the names that pages give them. */
function fontsIn(objects: ReadonlyMap<string, PdfObject>): ReadonlyMap<string, Glyphs> {
  const fonts = new Map<string, Glyphs>();
  for (const { head } of objects.values()) {
    for (const [, name = '', number = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number)?.head ?? '')?.[1];
      if (table !== undefined) fonts.set(name, glyphsOf(objects.get(table)?.stream ?? ''));
    }
  }
  return fonts;
}

function glyphsOf(table: string): Glyphs {
  const glyphs = new Map<number, string>();
  for (const [, from = '', list = ''] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    // A glyph may stand for several signs, as the one of "ffi" does.
    [...list.matchAll(/<([0-9a-f ]+)>/gi)].forEach(([, signs = ''], index) => {
      const units = Buffer.from(signs.replaceAll(' ', ''), 'hex');
      glyphs.set(parseInt(from, 16) + index, units.swap16().toString('utf16le'));
    });
  }
  return glyphs;
}

/** Words that stand at one height are one line. */
function linesIn(stream: string, fonts: ReadonlyMap<string, Glyphs>): readonly string[] {
  let glyphs: Glyphs = new Map();
  let height = '';
  const lines: { readonly height: string; text: string }[] = [];
  for (const [, moved, font, shown = ''] of stream.matchAll(/([\d.]+) Tm|\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (moved !== undefined) height = moved;
    else if (font !== undefined) glyphs = fonts.get(font) ?? new Map<number, string>();
    else {
      const text = [...shown.matchAll(/<([0-9a-f]+)>/gi)].map(([, hex = '']) => signsOf(hex, glyphs)).join('');
      const last = lines.at(-1);
      if (last?.height === height) last.text += text;
      else lines.push({ height, text });
    }
  }
  return lines.map(({ text }) => text);
}

function signsOf(hex: string, glyphs: Glyphs): string {
  return [...hex.matchAll(/.{4}/g)].map(([glyph]) => glyphs.get(parseInt(glyph, 16)) ?? '\ufffd').join('');
}
