import { zipped } from '../../test/zipped';
import { dispositionOf } from './disposition';
import { KindOfBytes } from './media-type';

const types = { '[Content_Types].xml': '<Types/>' };
const text = 'application/vnd.oasis.opendocument.text';

/** Byte by byte, for nothing says how a network cuts them. */
function kindOf(bytes: Buffer, step = 1): string {
  const kind = new KindOfBytes();
  for (let at = 0; at < bytes.length; at += step) kind.take(bytes.subarray(at, at + step));
  return kind.ended();
}

test.each([
  ['application/pdf', Buffer.from('%PDF-1.7\n...')],
  ['image/png', Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1')],
  ['image/jpeg', Buffer.from('\xff\xd8\xff\xe0', 'latin1')],
  ['image/tiff', Buffer.from('II*\0....', 'latin1')],
  ['image/tiff', Buffer.from('MM\0*....', 'latin1')],
  ['image/webp', Buffer.from('RIFF\x0a\r\n\0WEBPVP8 ', 'latin1')],
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    zipped({ ...types, 'word/document.xml': 'x' }),
  ],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', zipped({ 'xl/workbook.xml': '', ...types })],
  [text, zipped({ mimetype: text, 'content.xml': 'x' })],
  [
    'application/vnd.oasis.opendocument.spreadsheet',
    zipped({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': 'x'.repeat(400_000) }),
  ],
])('%s is known by its bytes', (kind, bytes) => {
  expect(kindOf(bytes, bytes.length > 10_000 ? 65_536 : 1)).toBe(kind);
});

test.each([
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'unknown'],
  ['a drawing that may hold script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'unknown'],
  ['a page that hides behind blanks', Buffer.from('\n\n%PDF-1.7<html>'), 'unknown'],
  ['a program', Buffer.from('MZ\x90\0'.repeat(100), 'latin1'), 'unknown'],
  ['nothing much', Buffer.from('%'), 'unknown'],
  ['a ZIP of anything', zipped({ 'run.exe': 'x' }), 'unknown'],
  ['a Java archive', zipped({ 'META-INF/MANIFEST.MF': 'x', 'word/document.xml': '' }), 'unknown'],
  ['macros of Word', zipped({ ...types, 'word/document.xml': '', 'word/vbaProject.bin': '' }), 'macros'],
  ['macros of Excel 4', zipped({ ...types, 'xl/workbook.xml': '', 'xl/macrosheets/sheet1.xml': '' }), 'macros'],
  ['macros of LibreOffice', zipped({ mimetype: text, 'Basic/Standard/Module1.xml': '' }), 'macros'],
  ['half a ZIP', zipped({ ...types, 'word/document.xml': '' }).subarray(0, -30), 'unreadable'],
  ['a ZIP with something behind', Buffer.concat([zipped(types), Buffer.from('PK\x05\x06')]), 'unreadable'],
])('%s is refused', (_, bytes, reason) => {
  expect(() => kindOf(bytes)).toThrow(expect.objectContaining({ code: 'ATTACHMENT_KIND_REFUSED', reason }));
});

test('a ZIP that would unpack to anything is read by its table of contents alone', () => {
  const bomb = zipped({ ...types, 'word/document.xml': 'x'.repeat(1_000_000) });
  bomb.writeUInt32LE(0xfffffff0, 22); // What it says it would become.

  expect(kindOf(bomb, 65_536)).toContain('wordprocessingml');
});

test('a file is saved under its name, with an ending of its kind; what the name tries is inert', () => {
  expect(dispositionOf('Giấy khai sinh.pdf', 'application/pdf')).toBe(
    `attachment; filename="Giay khai sinh.pdf"; filename*=UTF-8''Gi%E1%BA%A5y%20khai%20sinh.pdf`,
  );
  expect(dispositionOf('page.html', 'application/pdf')).toContain('filename="page.html.pdf"');
  expect(dispositionOf('a"; filename="b.exe', 'image/png')).toBe(
    `attachment; filename="a; filename=b.exe.png"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe.png`,
  );
});
