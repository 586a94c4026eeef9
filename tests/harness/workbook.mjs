import { deflateRawSync, inflateRawSync, crc32 as zlibCrc32 } from "node:zlib";

function crc(bytes) {
  if (zlibCrc32) return zlibCrc32(bytes);
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let k = 0; k < 8; k++) value = (value >>> 1) ^ (0xedb88320 & -(value & 1));
  }
  return ~value >>> 0;
}

// A zip as small as it can be.
export function zip(parts) {
  const bodies = [], directory = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const bytes = Buffer.from(text), packed = deflateRawSync(bytes), title = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt16LE(0x21, 8);
    head.writeUInt32LE(crc(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(title.length, 22);
    bodies.push(Buffer.from("PK\x03\x04", "latin1"), head, title, packed);
    const tail = Buffer.alloc(16);
    tail.writeUInt32LE(at, 12);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), head, tail.subarray(2), title);
    at += 30 + title.length + packed.length;
  }
  const listing = Buffer.concat(directory), end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, listing, end]);
}

const escape = (text) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);

// An Excel file with one worksheet of these rows.
export function workbook(table) {
  const cell = (value) => typeof value === "number" ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${escape(value)}</t></is></c>`;
  return zip({
    "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${table.map((row) => `<row>${row.map(cell).join("")}</row>`).join("")}</sheetData></worksheet>`,
  });
}

// The text of one part of a zip, by its directory.
export function part(file, name) {
  let at = file.lastIndexOf("PK\x05\x06", undefined, "latin1");
  const count = file.readUInt16LE(at + 10);
  at = file.readUInt32LE(at + 16);
  for (let i = 0; i < count; i++) {
    const length = file.readUInt16LE(at + 28);
    if (file.toString("utf8", at + 46, at + 46 + length) === name) {
      const head = file.readUInt32LE(at + 42);
      const from = head + 30 + file.readUInt16LE(head + 26) + file.readUInt16LE(head + 28);
      return inflateRawSync(file.subarray(from, from + file.readUInt32LE(at + 20))).toString();
    }
    at += 46 + length + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return null;
}
