/** A procedure that a section handles: how often against the others, and in which months more or less. */
export interface Offered {
  readonly code: string;
  readonly weight: number;
  /** Factors from January to December; without them every month is alike. */
  readonly season?: readonly number[];
}

/** A section: what it handles, who does it, and how much of it is late. */
export interface Section {
  readonly lateShare: number;
  readonly offers: readonly [Offered, ...Offered[]];
  readonly officials: readonly [string, ...string[]];
  readonly postId: string;
  /** Who answers for it, and signs its apologies. */
  readonly head: string;
  /** Whom its complaints are about, where they are that. */
  readonly about?: string;
}

/** One of the demo's three offices, as its year differs from that of the others. */
export interface OfficeCharacter {
  readonly id: string;
  /** Dossiers of a year. */
  readonly dossiers: number;
  /** Of those that may be handed in online. */
  readonly onlineShare: number;
  readonly clerks: readonly [string, ...string[]];
  /** Where they receive; its posts are named by it. */
  readonly centreId: string;
  readonly places: readonly [string, ...string[]];
  readonly sections: readonly Section[];
}

/** School ends in June, the new year begins on 5 September: pupils change school before and just after. */
const schoolYear = [0.2, 0.2, 0.2, 0.2, 0.5, 2, 4, 6, 5, 0.6, 0.3, 0.3];
/** People marry from autumn to Tết. */
const weddings = [1.6, 0.9, 0.8, 0.9, 0.8, 0.6, 0.5, 0.5, 1, 1.4, 1.7, 1.8];
/** Building begins when the rains have ended. */
const building = [1.1, 0.8, 1.6, 1.4, 1.1, 1, 0.9, 0.8, 0.7, 0.7, 0.9, 1];
/** Firms change their entries at the year's end and after it. */
const business = [1.5, 0.9, 1.4, 1.1, 1, 1, 0.9, 0.9, 0.9, 0.9, 1, 1.3];

/**
 * A commune in the country, whose land section cannot keep up; a ward of a town, quick, online and busy; the centre of a province,
 * where dossiers are few, long and dear. After what provinces and papers published in 2025 and 2026: nine of ten in time over all,
 * land the late field, five of six handed in online; made small, so that a start takes a minute or two.
 */
export const demoOffices: readonly OfficeCharacter[] = [
  {
    id: 'do-luong',
    dossiers: 420,
    onlineShare: 0.78,
    clerks: ['lan', 'huong'],
    centreId: 'do-luong-centre',
    places: ['Xóm 1', 'Xóm 3', 'Xóm 7', 'Khối Tân Tiến', 'Khối 5', 'Xóm Đông Thọ'].map(
      (place) => `${place}, xã Đô Lương, tỉnh Nghệ An`,
    ) as [string, ...string[]],
    sections: [
      {
        lateShare: 0.24,
        offers: [
          { code: '1.012786', weight: 26 },
          { code: '1.012753', weight: 14 },
          { code: 'S1.000010', weight: 10, season: building },
        ],
        officials: ['minh', 'son'],
        postId: 'do-luong-land-officer',
        head: 'hoa',
      },
      {
        lateShare: 0.06,
        offers: [
          { code: '1.001193', weight: 14 },
          { code: '1.004873', weight: 12, season: weddings },
          { code: 'S1.000002', weight: 5, season: weddings },
          { code: 'S1.000005', weight: 6 },
          { code: 'S1.000012', weight: 4 },
          { code: 'S1.000011', weight: 6 },
          { code: 'S1.000015', weight: 6 },
          { code: 'S1.000017', weight: 6, season: schoolYear },
          { code: 'S1.000003', weight: 5 },
        ],
        officials: ['tuan'],
        postId: 'do-luong-civil-officer',
        head: 'dung',
      },
      {
        lateShare: 0.2,
        offers: [{ code: 'S1.000020', weight: 2 }],
        officials: ['hoa'],
        postId: 'do-luong-land-head',
        head: 'an',
        about: 'minh',
      },
    ],
  },
  {
    id: 'thanh-vinh',
    dossiers: 580,
    onlineShare: 0.92,
    clerks: ['yen', 'khanh'],
    centreId: 'thanh-vinh-centre',
    places: ['Số 12 đường Phan Chu Trinh', 'Số 8 đường Hồng Bàng', 'Số 45 đường Lê Lợi', 'Khối Vĩnh Tân'].map(
      (place) => `${place}, phường Thành Vinh, tỉnh Nghệ An`,
    ) as [string, ...string[]],
    sections: [
      {
        lateShare: 0.03,
        offers: [
          { code: '1.001193', weight: 16 },
          { code: '1.004873', weight: 18, season: weddings },
          { code: 'S1.000001', weight: 14 },
          { code: 'S1.000006', weight: 10 },
          { code: 'S1.000007', weight: 4 },
          { code: 'S1.000017', weight: 9, season: schoolYear },
          { code: 'S1.000003', weight: 5 },
        ],
        officials: ['phuong', 'hai'],
        postId: 'thanh-vinh-civil-officer',
        head: 'nga',
      },
      {
        lateShare: 0.09,
        offers: [
          { code: 'S1.000015', weight: 12, season: business },
          { code: 'S1.000016', weight: 4, season: business },
          { code: 'S1.000022', weight: 8 },
        ],
        officials: ['dat', 'loan'],
        postId: 'thanh-vinh-economy-officer',
        head: 'thanh',
      },
    ],
  },
  {
    id: 'nghe-an',
    dossiers: 340,
    onlineShare: 0.86,
    clerks: ['nhung', 'vy'],
    centreId: 'nghe-an-centre',
    places: ['phường Vinh Phú', 'xã Diễn Châu', 'xã Quỳnh Lưu', 'phường Cửa Lò', 'xã Yên Thành'].map(
      (place) => `${place}, tỉnh Nghệ An`,
    ) as [string, ...string[]],
    sections: [
      {
        lateShare: 0.05,
        offers: [
          { code: 'S2.000002', weight: 24, season: business },
          { code: 'S2.000005', weight: 6 },
        ],
        officials: ['giang', 'thao'],
        postId: 'nghe-an-finance-officer',
        head: 'duc',
      },
      {
        lateShare: 0.16,
        offers: [
          { code: 'S2.000010', weight: 12 },
          { code: 'S2.000009', weight: 5 },
        ],
        officials: ['bach'],
        postId: 'nghe-an-health-officer',
        head: 'uyen',
      },
      {
        lateShare: 0.14,
        offers: [
          { code: 'S2.000003', weight: 28 },
          { code: 'S2.000001', weight: 10, season: building },
          { code: 'S2.000012', weight: 8 },
        ],
        officials: ['viet', 'cuong'],
        postId: 'nghe-an-construction-officer',
        head: 'kha',
      },
    ],
  },
];
