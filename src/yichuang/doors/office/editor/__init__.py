"""编辑事项：every part of a version is written here, section by section; what an office editor types and sees.

| file         | what                                                                                          |
|--------------|-----------------------------------------------------------------------------------------------|
| cells.py     | one field of a form: how a value is written into it, read back, and refused                    |
| lists.py     | rows that are added, moved and taken away, with and without script                             |
| sections.py  | the sections, their fields, and where a column of the import stands                            |
| parts.py     | what a list of rows is; the rows of materials                                                 |
| asking.py    | the rows of questions, pre-checks and form fields                                             |
| steps.py     | the rows of procedure and route                                                                |
| known.py     | what the catalogue says already: the same name means the same everywhere                       |
| told.py      | what is lacking and what is wrong, in words without file names and codes                       |
| views.py     | begin, save (by hand and by itself), propose, give up                                          |
| preview.py   | the draft as phone guide, on A4 and on the kiosk                                               |
"""
