#!/usr/bin/env python3
"""hostile.py FOLDER: makes lists of servers that no reader may choke on."""
import os
import sys
import zipfile

folder = sys.argv[1]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = (f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATION}">'
            '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>')
RELATIONS = f'{HEAD}<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'


def write(name, content):
    with open(os.path.join(folder, name), "wb") as out:
        out.write(content if isinstance(content, bytes) else content.encode())


def cell(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def head_row():
    return f'<row r="1">{cell("A1", "name")}{cell("B1", "address")}{cell("C1", "notes")}</row>'


def workbook(name, sheet=None, shared=None, pieces=None):
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        out.writestr("xl/workbook.xml", WORKBOOK)
        out.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        if shared:
            out.writestr("xl/sharedStrings.xml", shared)
        with out.open("xl/worksheets/sheet1.xml", "w") as part:
            for piece in pieces or [sheet]:
                part.write(piece.encode())


def sheet_of(rows):
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{head_row()}{rows}</sheetData></worksheet>'


# Workbooks.
workbook("bomb.xlsx", pieces=[HEAD, "<worksheet><sheetData>", *[" " * (1 << 20)] * 100])
workbook("bomb-cell.xlsx", pieces=[HEAD, "<worksheet><sheetData>", head_row(),
                                   '<row r="2"><c r="A2" t="inlineStr"><is><t>', *["a" * (1 << 20)] * 20])
workbook("rows.xlsx", pieces=[HEAD, "<worksheet><sheetData>", head_row(),
                              *[f'<row r="{i}">{cell(f"A{i}", "s")}</row>' for i in range(2, 1_000_000)]])
workbook("deep.xlsx", pieces=[HEAD, "<worksheet>", *["<a>" * 100_000] * 10])
workbook("tag.xlsx", pieces=[HEAD, "<worksheet ", *[f'{"a" * (1 << 16)}{i}="" ' for i in range(100)]])
workbook("attributes.xlsx",
         pieces=[HEAD, "<worksheet ", *["".join(f'a{i}b{j}="" ' for j in range(1000)) for i in range(2000)]])
workbook("entities.xlsx", '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
                          '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>')
workbook("external.xlsx", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>')
workbook("shared.xlsx", sheet_of(""), HEAD + "<sst>" + "<si/>" * 2_000_000 + "</sst>")
workbook("formula.xlsx", sheet_of('<row r="2"><c r="A2" t="str"><f>HYPERLINK("x")</f><v>s1</v></c>'
                                  + cell("B2", "10.0.0.1") + "</row>"))
workbook("index.xlsx", sheet_of('<row r="2"><c r="A2" t="s"><v>7</v></c></row>'))
workbook("order.xlsx", sheet_of(f'<row r="4">{cell("A4", "s1")}</row><row r="2">{cell("A2", "s2")}</row>'))
workbook("column.xlsx", sheet_of(f'<row r="2">{cell("ZZZZZZZZZZ2", "s1")}</row>'))
workbook("cut.xlsx", sheet_of("")[:-20])
workbook("nul.xlsx", sheet_of(f'<row r="2">{cell("A2", "s_x0000_1")}{cell("B2", "10.0.0.1")}</row>'))
with open(os.path.join(folder, "cut.xlsx"), "rb") as whole:
    write("torn.xlsx", whole.read()[:300])
with zipfile.ZipFile(os.path.join(folder, "entries.xlsx"), "w") as many:
    for number in range(50_000):
        many.writestr(f"{number}", "")
write("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000))
with open(os.path.join(folder, "sparse.csv"), "wb") as sparse:
    sparse.truncate(1 << 30)

# Texts.
write("rows.csv", "name,address\n" + "".join(f"s{i},a{i}\n" for i in range(1_000_000)))
write("short-rows.csv", "name,address\n" + "a,b\n" * 400_000)
write("columns.csv", "name,address\n" + "," * 1_000_000)
write("nul.csv", b"name,address\ns1,10.0.0.1\x00\n")
write("utf16.csv", "name,address\ns1,10.0.0.1\n".encode("utf-16"))
write("gbk.csv", "名称,地址,备注\ns1,10.0.0.1,上海\n".encode("gb18030"))
write("formula.csv", 'name,address,notes\ns1,10.0.0.1,"=HYPERLINK(""x"")"\n')
write("lines.txt", "10.0.0.1\n" * 200_000)
write("line-range.txt", "10.0.0.1\n10.[0-255].[0-255].[0-255]\n")
write("line-long.txt", "u" * 1_000_000 + "@10.0.[0-4999]\n")
write("cycle.yaml", "all: &a\n  children:\n    web: *a\n")
write("bomb.yaml", "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n")
write("range.yaml", "all:\n  hosts:\n    h[1:999999999]:\n")
write("range.ini", "[web]\nh[1:999999999]\n")
write("ranges.ini", "[web]\nh[0:99][0:99][0:99]\n")
write("member.ini", "[web]\n" + "h[0001:5000]\n" * 100_000)
write("vars.ini", "[web]\nh[0001:5000] ansible_user=" + "u" * 1_000_000 + "\n")
write("groups.ini", "".join(f"[g{i}:children]\ng{i + 1}\n" for i in range(60_000)) + "[g60000]\nh\n")
write("cycle.ini", "[a:children]\nb\n[b:children]\na\n[b]\nh\n")
write("quote.ini", "[web]\nh ansible_user='eng\n")
write("vault.ini", "$ANSIBLE_VAULT;1.1;AES256\n6162\n")
write("blocks.ssh_config", "Host *\n" * 250_000)
write("names.ssh_config", "".join(f"Host h{i}\nPort 1\n" for i in range(100_000)))
write("stars.ssh_config", "Host " + "*a" * 400 + "\n Port 1\nHost " + "a" * 900 + "b\n")
write("jumps.ssh_config", "Host a\n ProxyJump b\nHost b\n ProxyJump a\n")
write("quote.ssh_config", 'Host a\n User "eng\n')
