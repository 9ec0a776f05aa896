"""The assets: thin functions that call the library and attach metadata, one module per stage of the way of the data."""
