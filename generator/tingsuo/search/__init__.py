"""Library to search files. Pure: what comes in is a Library and the cases' texts, what goes out are file names and bytes."""
