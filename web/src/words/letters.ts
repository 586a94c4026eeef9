/** What letters say, in their own language whatever the screen's: words that are looked for, not shown. */

export type OfficeLevel = "central" | "government" | "party" | "ministry" | "province" | "department" | "commune" | "other";

export const governmentName = /chính phủ/i;

/** Names that tell the level of an office which is no unit of the tree. */
export const issuerSigns: [RegExp, OfficeLevel][] = [
  [/chính phủ/i, "government"],
  [/trung ương|bộ chính trị|ban bí thư|quốc hội|chủ tịch nước|tối cao/i, "central"],
  [/^bộ\s/i, "ministry"],
  [/^(sở|ban|chi cục|trung tâm)\s/i, "department"],
  [/(^|\s)(xã|phường|đặc khu)\s/i, "commune"],
  [/(^|\s)(tỉnh|thành phố)(\s|$)/i, "province"],
];

/** The same from the end of a number: 57-NQ/TW, 15/QĐ-TTg, 88/KH-UBND, 120/SKHCN-VP. */
export const numberSigns: [RegExp, OfficeLevel][] = [
  [/[/-](CP|TTG|VPCP)$/i, "government"],
  [/\/(\p{L}*TW|TƯ|BCT|UBTVQH\d*|QH\d*)$/iu, "central"],
  [/[/-](UBND|HĐND|TU|VPTU)(-|$)/iu, "province"],
  [/\/S\p{Lu}{1,}(-|$)/u, "department"],
  [/[/-]B\p{Lu}{1,}(-|$)/u, "ministry"],
];

/** Kinds of letters of Nghị định 30/2020/NĐ-CP and of the Party, offered while typing; any other may be typed. */
export const documentTypes = [
  "Công văn", "Quyết định", "Nghị quyết", "Chỉ thị", "Kế hoạch", "Thông báo", "Kết luận", "Thông báo kết luận",
  "Công điện", "Báo cáo", "Tờ trình", "Hướng dẫn", "Chương trình", "Quy chế", "Quy định", "Đề án", "Thông tư",
  "Nghị định", "Luật", "Giấy mời", "Phiếu chuyển",
];

/** Where the tone mark of "hoà" stands is a matter of taste. */
export const movedTones: Record<string, string> = {
  òa: "oà", óa: "oá", ỏa: "oả", õa: "oã", ọa: "oạ", òe: "oè", óe: "oé", ỏe: "oẻ", õe: "oẽ", ọe: "oẹ",
  ùy: "uỳ", úy: "uý", ủy: "uỷ", ũy: "uỹ", ụy: "uỵ",
};
export const tonedPairs = /[òóỏõọ][ae]|[ùúủũụ]y/g;

export function dayInWords(day: string, month: string, year: number | undefined): string {
  return `ngày ${day} tháng ${month} năm ${year}`;
}
