"""Excel in and out: cells, columns, old encodings and findings; knows no database.

Reading a list, in the order in which a service calls:

    book = reading.open_book(path, progress)              # reading.Book; SheetRefused, NotFound, Cancelled
    book.sheets                                           # tuple[reading.SheetInfo(name, rows, columns, hidden)]
    sheet = book.sheet(name)                              # reading.Sheet; .rows() -> Iterator[cells.Row]
    encoding = layout.sheet_encoding(sheet)               # domain.legacy_text.Encoding
    head = layout.find_head(sheet, encoding)              # layout.Head(first, last, titles); head_at(...) if chosen
    matching = columns.guess(sheet, head, kind, encoding) # columns.Matching of columns.ColumnMatch
    matching = matching.with_remembered(plain)            # what to_plain() gave earlier under matching.key
    matching = matching.with_column(2, field="birth", pivot=30, encoding=Encoding.VNI)
    matching.missing                                      # needed fields that no column brings
    rows = drafts.ImportSheet(sheet, matching, today)
    for draft in rows.drafts(progress): ...               # drafts.RowDraft(number, values, findings, group, cells)
    rows.left_out                                         # drafts.LeftOut(number, part, text), named and not imported
    book.close()                                          # or `with reading.open_book(path) as book`

`kind` is a `fields.ListKind`: MEMBERS, WORKPLACES, UNITS; `fields.fields_of(kind)` gives the `ImportField`s to choose
from, by code; a column's field may also be `fields.IGNORED` (not imported) or `columns.UNMATCHED` (to be chosen).
`RowDraft.values` holds the filled fields in their types (see there), `RowDraft.findings` the doubts as
`findings.CellFinding(address, field, found, message, mend, warning)`; a draft is `good` when only warnings were found.
Sheets may be walked as often as wanted; a book holds its file open until it is closed, and belongs to one thread.
"""
