"""One module per output: the site folder, and what is made from it or from the Library."""
