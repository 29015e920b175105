#!/usr/bin/env bash
# A workbook that counts its days from 1904 (`<workbookPr date1904="1"/>`, as spreadsheets on a Mac long saved it; ECMA-376
# part 1, 18.2.28), read by GDAL 3.6.2 (Debian gdal-bin), SheetJS 0.18.5 (npm xlsx), ExcelJS 4.4.0 and read-excel-file 5.8.6.
#
# Expected   serial number 44274 is 2025-03-20 in all of them; "true" says the same as "1", since the attribute is a boolean
#            of XML Schema.
# Seen       GDAL takes no notice of the attribute: 2021-03-19, four years and a day early, and says nothing.
#            SheetJS with `cellDates: true` says 2021-03-19 too, while its own text of the same cell is 3/20/25.
#            ExcelJS and read-excel-file heed "1", but say 2021-03-19 for "true".
# Way out    compare one date with the sheet on the screen, or save the workbook with days from 1900 or the table as CSV.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
command -v ogr2ogr >/dev/null || { echo "needs gdal-bin" >&2; exit 2; }
npm init -y >/dev/null
npm install --silent xlsx@0.18.5 exceljs@4.4.0 read-excel-file@5.8.6

cat > write.py <<'PY'
import sys, zipfile
main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
package, kind = "http://schemas.openxmlformats.org/package/2006", "application/vnd.openxmlformats-officedocument.spreadsheetml"
parts = {
    "[Content_Types].xml": f"<Types xmlns='{package}/content-types'><Default Extension='xml' ContentType='application/xml'/>"
    "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
    + "".join(f"<Override PartName='/xl/{part}.xml' ContentType='{kind}.{name}+xml'/>" for part, name in
              (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"))) + "</Types>",
    "_rels/.rels": f"<Relationships xmlns='{package}/relationships'><Relationship Id='a' Type='{office}/officeDocument' "
    "Target='xl/workbook.xml'/></Relationships>",
    "xl/workbook.xml": f"<workbook xmlns='{main}' xmlns:r='{office}'><workbookPr date1904='{sys.argv[2]}'/><sheets>"
    "<sheet name='rounds' sheetId='1' r:id='a'/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{package}/relationships'>"
    f"<Relationship Id='a' Type='{office}/worksheet' Target='worksheets/sheet1.xml'/>"
    f"<Relationship Id='b' Type='{office}/styles' Target='styles.xml'/></Relationships>",
    "xl/styles.xml": f"<styleSheet xmlns='{main}'><fonts count='1'><font/></fonts><fills count='1'><fill/></fills>"
    "<borders count='1'><border/></borders><cellStyleXfs count='1'><xf numFmtId='0'/></cellStyleXfs><cellXfs count='2'>"
    "<xf numFmtId='0' xfId='0'/><xf numFmtId='14' xfId='0' applyNumberFormat='1'/></cellXfs></styleSheet>",
    "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{main}'><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>day</t></is></c>"
    "</row><row r='2'><c r='A2' s='1'><v>44274</v></c></row></sheetData></worksheet>"}
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as file:
    for name, text in parts.items():
        file.writestr(name, "<?xml version='1.0' encoding='UTF-8'?>" + text.replace("'", '"'))
PY
cat > read.cjs <<'JS'
const [file, program] = process.argv.slice(2);
const shown = (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value);
(async () => {
  if (program === "exceljs") {
    const workbook = new (require("exceljs").Workbook)();
    await workbook.xlsx.readFile(file);
    console.log(shown(workbook.worksheets[0].getCell("A2").value));
  } else if (program === "read-excel-file") {
    console.log(shown((await require("read-excel-file/node")(file))[1][0]));
  } else {
    const sheet = require("xlsx").readFile(file, { cellDates: program === "sheetjs-dates" }).Sheets.rounds;
    console.log(program === "sheetjs-dates" ? shown(sheet.A2.v) : sheet.A2.w);
  }
})();
JS

gdal() { ogr2ogr -f CSV /vsistdout/ "$1" --config OGR_XLSX_HEADERS FORCE 2>said | tail -n +2; }
check() { # EXPECTED COMMAND [WORD]...
    seen=$("${@:2}")
    echo "${*:2}: $seen"
    [ "$seen" = "$1" ] || { echo "not as seen before: $1" >&2; exit 1; }
}
python3 write.py one.xlsx 1
python3 write.py true.xlsx true
ogrinfo --version
for file in one.xlsx true.xlsx; do
    check 2021/03/19 gdal "$file"
    check 2021-03-19 node read.cjs "$file" sheetjs-dates
    check 3/20/25 node read.cjs "$file" sheetjs
done
[ ! -s said ] || { cat said >&2; exit 1; }
for program in exceljs read-excel-file; do
    check 2025-03-20 node read.cjs one.xlsx "$program"
    check 2021-03-19 node read.cjs true.xlsx "$program"
done
