"""Documents on paper: a Typst template and plain data become a PDF.

    fonts = find_fonts()
    pdf = typeset(Path("file.typ"), {"title": …}, fonts=fonts, pictures={"1.jpg": …})

A template is a file of ours, never made of what people wrote: the data goes to it as JSON in
`sys.inputs.data`, and what is in it is shown, not read as Typst. Beside the template lie
`base.typ` (pages, facts, words: `#import "base.typ": *`) and the pictures, under the names that
they were given; it sees no other file. The families to set it in are in `data.fonts`.

What an office sends out has one layout, that of GB/T 9704: `official.Official` says what stands in
it, `paper.write_pdf` and `word.write_word` write it, `paper.draw_bars` draws charts for it. Other
Word files are made of the same `word_parts` and `word_contents`, so that all look like one house.
"""

from daodi.lib.documents.fonts import FontSet, NoFonts, find_fonts
from daodi.lib.documents.typeset import NotTypeset, typeset

__all__ = ["FontSet", "NoFonts", "NotTypeset", "find_fonts", "typeset"]
