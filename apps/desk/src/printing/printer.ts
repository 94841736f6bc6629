import { dirname, join } from 'node:path';
// Its one export is an object with methods; a namespace made of it would have none.
// eslint-disable-next-line @typescript-eslint/no-require-imports
import pdfmake = require('pdfmake');
import type { TDocumentDefinitions } from 'pdfmake/interfaces';
import type { Language } from '#contracts';
import { demoWords } from './words';

/** Roboto comes with pdfmake, under a free licence, and has every sign of Vietnamese. */
const fontFolder = join(dirname(require.resolve('pdfmake/package.json')), 'fonts', 'Roboto');
const font = (name: string) => join(fontFolder, `Roboto-${name}.ttf`);

pdfmake.setFonts({
  Roboto: { normal: font('Regular'), bold: font('Medium'), italics: font('Italic'), bolditalics: font('MediumItalic') },
});
// What an applicant wrote may never make the printer fetch an address or read a file.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(fontFolder));

/**
 * A document as PDF. The same definition makes the same bytes, if it says when it was made (`info.creationDate`). A demo's says so
 * across every page, whoever drew it up.
 */
export async function printed(
  definition: TDocumentDefinitions,
  { isDemo, language }: { readonly isDemo: boolean; readonly language: Language },
): Promise<Buffer> {
  const watermark = { text: demoWords[language], color: '#868e96', opacity: 0.25, bold: true };
  return pdfmake.createPdf(isDemo ? { ...definition, watermark } : definition).getBuffer();
}
