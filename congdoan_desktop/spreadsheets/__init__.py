"""Excel in and out: cells, columns, old encodings and findings; knows no database."""
