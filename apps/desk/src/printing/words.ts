import type { Localized } from '#contracts';
import type { EntryFormKind, Regulation } from '#domain';

/** What stands at the head of a form beside the authority: a circular of Vietnam's government has the state and its motto there. */
export const stateHeading: Readonly<Record<Regulation, { readonly state: Localized; readonly motto: Localized }>> = {
  '01/2018/TT-VPCP': vietnam(),
  '03/2025/TT-VPCP': vietnam(),
};

function vietnam() {
  return {
    state: {
      vi: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      en: 'SOCIALIST REPUBLIC OF VIET NAM',
      de: 'SOZIALISTISCHE REPUBLIK VIETNAM',
    },
    motto: {
      vi: 'Độc lập - Tự do - Hạnh phúc',
      en: 'Independence - Freedom - Happiness',
      de: 'Unabhängigkeit - Freiheit - Glück',
    },
  };
}

/** Who puts their name under a form, from left to right; whoever made it out is the last. */
export const signatures: Readonly<Record<EntryFormKind, readonly ('submitter' | 'author')[]>> = {
  receipt: ['submitter', 'author'],
  'supplement-request': ['author'],
  refusal: ['author'],
  apology: ['author'],
  'stop-notice': ['author'],
};

export const signatureWords: Readonly<Record<'submitter' | 'author', Localized>> = {
  submitter: { vi: 'NGƯỜI NỘP HỒ SƠ', en: 'SUBMITTED BY', de: 'EINGEREICHT VON' },
  author: { vi: 'NGƯỜI LẬP PHIẾU', en: 'FOR THE OFFICE', de: 'FÜR DIE BEHÖRDE' },
};

export const signHere: Localized = {
  vi: '(ký và ghi rõ họ tên)',
  en: '(signature and full name)',
  de: '(Unterschrift und voller Name)',
};

export const formNumberWords: Localized = { vi: 'Mẫu số', en: 'Form', de: 'Vordruck' };

export const pageWords: Localized = { vi: 'Trang', en: 'Page', de: 'Seite' };

/** Under the code to scan. */
export const scanWords: Localized = {
  vi: 'Quét mã để tra cứu hồ sơ',
  en: 'Scan to follow the dossier',
  de: 'Zum Nachsehen einlesen',
};

/** Before the secret that is typed where nothing can be scanned; so the citizen's page calls its field, too. */
export const secretWords: Localized = { vi: 'Mã tra cứu', en: 'Look-up secret', de: 'Abfragecode' };

/** What nobody knows, or knows any more. */
export const unknown = '…';

/** Across every paper of a demo, which nobody may take for one of an office. */
export const demoWords: Localized = { vi: 'BẢN DÙNG THỬ', en: 'DEMO', de: 'VORFÜHRUNG' };
