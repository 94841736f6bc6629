import type { AttachmentMediaType } from '#contracts';

const endings: Readonly<Record<AttachmentMediaType, readonly [string, ...string[]]>> = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/tiff': ['.tif', '.tiff'],
  'image/webp': ['.webp'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['.docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'application/vnd.oasis.opendocument.text': ['.odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['.ods'],
};

/**
 * Content-Disposition (RFC 6266) of a file to be saved under its name, with an ending of its kind: a program that goes by endings
 * opens it as what it is.
 */
export function dispositionOf(name: string, mediaType: AttachmentMediaType): string {
  const [usual, ...others] = endings[mediaType];
  const lower = name.toLowerCase();
  const full = [usual, ...others].some((ending) => lower.endsWith(ending)) ? name : `${name}${usual}`;
  const plain = full.normalize('NFD').replaceAll(/[^ -~]|["\\%]/g, '') || `file${usual}`;
  const encoded = encodeURIComponent(full).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
